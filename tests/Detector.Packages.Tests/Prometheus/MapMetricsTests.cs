using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class MapMetricsTests : IAsyncLifetime
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly HttpClient _client = new();
    private WebApplication? _server;

    public async ValueTask InitializeAsync()
    {
        Metrics.WithCustomRegistry(_registry).CreateCounter("detector_messages_total", "Messages.").Inc();

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapMetrics("/metrics", _registry);
        _server.MapMetrics("/empty", Metrics.NewCustomRegistry());
        _server.MapMetrics(settings =>
        {
            settings.Registry = _registry;
            settings.EnableOpenMetrics = false;
        }, "/text-only");
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("text/html,application/xhtml+xml", Text)]
    [InlineData("application/openmetrics-text", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0.4,text/plain;q=0.6", Text)]
    [InlineData("text/plain,application/openmetrics-text", Text)]
    public async Task Get_Accept_ChoosesTheFormat(string? accept, string contentType)
    {
        using var response = await GetAsync("/metrics", accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.GetValues("Content-Type").Single());

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            contentType == OpenMetrics
                ? "# HELP detector_messages Messages.\n# TYPE detector_messages counter\ndetector_messages_total 1.0\n# EOF\n"
                : "# HELP detector_messages_total Messages.\n# TYPE detector_messages_total counter\ndetector_messages_total 1\n",
            body);
    }

    [Fact]
    public async Task Get_AcceptInTheQuery_OutranksTheHeader()
    {
        using var response = await GetAsync("/metrics?accept=application/openmetrics-text", "text/plain");
        Assert.Equal(OpenMetrics, response.Content.Headers.GetValues("Content-Type").Single());
    }

    [Fact]
    public async Task Get_OpenMetricsSwitchedOff_AnswersText()
    {
        using var response = await GetAsync("/text-only", "application/openmetrics-text");
        Assert.Equal(Text, response.Content.Headers.GetValues("Content-Type").Single());
    }

    [Fact]
    public async Task Get_EmptyRegistry_AnswersAnEmptyBody()
    {
        using var response = await GetAsync("/empty", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_ManyAtOnce_AllAnswerTheSame()
    {
        var bodies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)));
        Assert.Single(bodies.Distinct());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            foreach (var item in accept.Split(',')) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(item));
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
