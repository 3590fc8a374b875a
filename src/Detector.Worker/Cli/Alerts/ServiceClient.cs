using System.Net.Http.Headers;
using System.Text.Json;
using Detector.Worker.Web;

namespace Detector.Worker.Cli.Alerts;

/// <summary>Talks to the API of a running service.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly HttpClient _client;

    /// <param name="token">Bearer token; null sends none.</param>
    public ServiceClient(Uri service, string? token)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(10) };
        if (token is not null)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <returns>Status 200 to 299 with its text, or the sentence that says what is wrong.</returns>
    public async Task<(bool Well, string Text)> AskAsync(HttpMethod method, string path, object? body, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using HttpResponseMessage response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            string text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            return (response.IsSuccessStatusCode, response.IsSuccessStatusCode ? text : Sentence(text, (int)response.StatusCode));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return (false, $"No answer from {_client.BaseAddress}: {exception.GetBaseException().Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Sentence(string text, int status)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, WebJson.Default.Problem) is { } problem)
                return problem.Error;
        }
        catch (JsonException)
        {
            // Not every refusal is in JSON.
        }

        return FormattableString.Invariant($"The service answers {status}.");
    }
}
