using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Detector.Worker.Telemetry;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Detector.Worker.Tests.Web;

/// <summary>Tries to get past the endpoint's guard, over TCP.</summary>
public sealed class RequestGuardTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-secret";
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private HttpEndpoint _open = null!;
    private HttpEndpoint _closed = null!;

    public async ValueTask InitializeAsync()
    {
        _open = await Start(new HttpOptions { Port = 0 });
        _closed = await Start(new HttpOptions { Port = 0, Token = Token });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _open.DisposeAsync();
        await _closed.DisposeAsync();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic " + Token, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + Token + "x", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + Token, HttpStatusCode.NotFound)]
    public async Task Api_WithAToken_AnswersOnlyWhoShowsIt(string? authorization, HttpStatusCode expected)
    {
        using HttpResponseMessage read = await Send(_closed, HttpMethod.Get, "/api/v1/nothing", authorization);
        Assert.Equal(expected, read.StatusCode);
        using HttpResponseMessage write = await Send(_closed, HttpMethod.Post, "/-/nothing", authorization);
        Assert.Equal(expected, write.StatusCode);
    }

    [Fact]
    public async Task Metrics_WithAToken_AreForScrapersWithout()
    {
        using HttpResponseMessage response = await Send(_closed, HttpMethod.Get, Endpoints.Metrics);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    [InlineData("X-Other", "x", HttpStatusCode.NotFound)]
    public async Task Write_FromAnotherSite_IsRefused(string header, string value, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await Send(_open, HttpMethod.Post, "/api/v1/nothing", change: request => request.Headers.Add(header, value));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Write_FromOurOwnPage_Passes()
    {
        using HttpResponseMessage response = await Send(
            _open, HttpMethod.Post, "/api/v1/nothing", change: request => request.Headers.Add("Origin", _open.Url.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Write_AsAFormWouldSendIt_IsRefused(string type)
    {
        using HttpResponseMessage response = await Send(
            _open, HttpMethod.Post, "/api/v1/nothing", change: request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.7", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.NotFound)]
    [InlineData("[::1]", HttpStatusCode.NotFound)]
    public async Task Host_ThatResolvesHereButIsNotOurs_IsRefused(string host, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await Send(_open, HttpMethod.Get, "/api/v1/nothing", change: request => request.Headers.Host = host);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task AnyAnswer_ForbidsForeignContentAndFrames()
    {
        using HttpResponseMessage response = await Send(_open, HttpMethod.Get, "/");
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task Client_ThatNeverEndsItsRequest_IsDropped()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _open.Url.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), Stop);
        byte[] answer = new byte[512];
        int read = await socket.GetStream().ReadAsync(answer, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<HttpResponseMessage> Send(
        HttpEndpoint endpoint, HttpMethod method, string path, string? authorization = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint.Url, path));
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        change?.Invoke(request);
        return await _client.SendAsync(request, Stop);
    }

    private static Task<HttpEndpoint> Start(HttpOptions options) => HttpEndpoint.StartAsync(
        options, new HttpServices(new DetectorMetrics(Metrics.NewCustomRegistry()), new Ready()),
        new LogWriter(TextWriter.Null, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);

    private sealed class Ready : IReadiness
    {
        public bool IsReady => true;

        public IReadOnlyList<string> Missing => [];
    }
}
