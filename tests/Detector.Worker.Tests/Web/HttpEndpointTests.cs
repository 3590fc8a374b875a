using System.Net;
using Detector.Worker.Telemetry;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Detector.Worker.Tests.Web;

public sealed class HttpEndpointTests : IAsyncLifetime
{
    private readonly DetectorMetrics _metrics = new(Metrics.NewCustomRegistry());
    private readonly StubReadiness _readiness = new();
    private readonly StringWriter _log = new(System.Globalization.CultureInfo.InvariantCulture);
    private readonly HttpClient _client = new();
    private HttpEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await Start(new HttpOptions { Port = 0 });
        _client.BaseAddress = _endpoint.Url;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Metrics_AreTheRegistrys()
    {
        _metrics.Source("plant").Message();
        Assert.Contains("detector_messages_total{source=\"plant\"} 1", await _client.GetStringAsync(Endpoints.Metrics, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Healthy_WhileRunning_IsOk() => Assert.Equal("healthy\n", await _client.GetStringAsync(Endpoints.Healthy, Stop));

    [Fact]
    public async Task Ready_UntilReady_SaysWhatIsMissing()
    {
        HttpResponseMessage before = await _client.GetAsync(Endpoints.Ready, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Equal("not ready\nsource plant has no partitions yet\n", await before.Content.ReadAsStringAsync(Stop));

        _readiness.Missing = [];
        Assert.Equal("ready\n", await _client.GetStringAsync(Endpoints.Ready, Stop));
    }

    [Fact]
    public async Task AnyResponse_DoesNotNameTheServer()
    {
        HttpResponseMessage response = await _client.GetAsync(Endpoints.Healthy, Stop);
        Assert.False(response.Headers.Contains("Server"));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/metrics/../../etc/passwd", HttpStatusCode.NotFound)]
    public async Task OtherPath_IsNotFound(string path, HttpStatusCode expected) => Assert.Equal(expected, (await _client.GetAsync(path, Stop)).StatusCode);

    [Fact]
    public async Task Post_IsRefused() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.PostAsync(Endpoints.Healthy, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), Stop)).StatusCode);

    [Fact]
    public async Task Header_BeyondTheLimit_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Endpoints.Healthy);
        request.Headers.TryAddWithoutValidation("X-Long", new string('x', 20_000));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await _client.SendAsync(request, Stop)).StatusCode);
    }

    [Fact]
    public async Task Start_PortTaken_NamesTheKeys()
    {
        var exception = await Assert.ThrowsAsync<IOException>(() => Start(new HttpOptions { Port = _endpoint.Url.Port }));
        Assert.StartsWith("Http:Address 127.0.0.1 and Http:Port ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("*")]
    public async Task Start_NamedAddress_Listens(string address)
    {
        await using HttpEndpoint endpoint = await Start(new HttpOptions { Address = address, Port = 0 });
        Assert.Equal("healthy\n", await _client.GetStringAsync(new UriBuilder("http", "127.0.0.1", endpoint.Url.Port, Endpoints.Healthy).Uri, Stop));
    }

    [Fact]
    public async Task Requests_AreNotLogged()
    {
        await _client.GetStringAsync(Endpoints.Healthy, Stop);
        Assert.Equal("", _log.ToString());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<HttpEndpoint> Start(HttpOptions options) => HttpEndpoint.StartAsync(
        options, new HttpServices(_metrics, _readiness), new LogWriter(_log, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);

    private sealed class StubReadiness : IReadiness
    {
        public bool IsReady => Missing.Count == 0;

        public IReadOnlyList<string> Missing { get; set; } = ["source plant has no partitions yet"];
    }
}
