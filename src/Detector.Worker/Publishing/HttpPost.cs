using System.Net;

namespace Detector.Worker.Publishing;

/// <summary>Posts JSON to one address, and says how it went in place of throwing.</summary>
internal sealed class HttpPost : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <param name="timeout">For one request, from the connection to the end of the answer.</param>
    public HttpPost(Uri address, TimeSpan timeout)
    {
        _address = address;
        // A redirection is not followed: the body was meant for the address that was configured.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        _client = new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = 64 * 1024 };
    }

    /// <param name="body">JSON.</param>
    /// <param name="headers">Further headers; their values must be printable ASCII.</param>
    /// <returns>Null when it was taken.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task<HttpFailure?> SendAsync(byte[] body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return null;
            string text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            return new HttpFailure(HttpFault.Reason(response.StatusCode), Words(response.StatusCode, text), HttpFault.IsPermanent(response.StatusCode));
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new HttpFailure(HttpFault.Reason(error), error.GetBaseException().Message, IsPermanent: false);
        }
    }

    private static string Words(HttpStatusCode status, string text)
    {
        string first = string.Concat(text.Take(200).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return FormattableString.Invariant($"it answers {(int)status}{(first.Length > 0 ? ": " : "")}{first}");
    }

    public void Dispose() => _client.Dispose();
}
