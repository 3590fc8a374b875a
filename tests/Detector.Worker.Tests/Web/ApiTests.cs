using System.Net;
using System.Text;
using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Tests.Pipeline;
using Detector.Worker.Tests.Publishing.Http;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;

namespace Detector.Worker.Tests.Web;

public sealed class ApiTests : IAsyncLifetime
{
    private const string Evil = "<img src=x onerror=alert(1)>/../..\"'&\r\n";
    private readonly TemporaryDirectory _directory = new();
    private readonly FeedbackBook _marks = new();
    private readonly AlertBook _alerts = new(TimeProvider.System);
    private readonly MaintenanceSchedule _maintenance = new();
    private readonly PipelineRuntime _pipeline = TestPipeline.Create();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private HttpEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        var metrics = TestPipeline.Metrics();
        var page = new PageServices(
            [_pipeline], _alerts, new FeedbackDesk(_alerts, _marks, metrics, ["p"], TimeProvider.System), _maintenance, new ArtifactStore(_directory.Path), "1", TimeProvider.System);
        _endpoint = await HttpEndpoint.StartAsync(
            new HttpOptions { Port = 0 }, new HttpServices(metrics, new Ready()) { Page = page },
            new LogWriter(TextWriter.Null, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);
        _client.BaseAddress = _endpoint.Url;
        _alerts.Take(Alerts.Firing("pump-1") with { Pattern = new AlertPattern(["pressure"], [[1f]], 9.4) });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/uplot.js", "text/javascript")]
    [InlineData("/style.css", "text/css")]
    public async Task Page_ItsFiles_AreServed(string path, string type)
    {
        using HttpResponseMessage response = await _client.GetAsync(path, Stop);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Page_NamesNoOtherServerAndNoInlineCode()
    {
        string html = await _client.GetStringAsync("/", Stop);
        Assert.DoesNotMatch("(?i)(https?:)?//|<script(?![^>]*src=)|<style|\\son[a-z]+=|style=", html);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/page/index.html")]
    [InlineData("/app.js/../../x")]
    [InlineData("/api/v1/alerts/..%2f..%2fx")]
    [InlineData("/api/v1/models/detail?pipeline=..&series=..&version=../../../etc")]
    [InlineData("/api/v1/series?pipeline=p&series=../../etc/passwd")]
    public async Task Path_ThatLeavesThePage_IsNotFound(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_endpoint.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using HttpResponseMessage response = await _client.SendAsync(request, Stop);
        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode}");
    }

    [Fact]
    public async Task Overview_SeriesNamedAsMarkup_IsEscapedAndComesBackAsItWas()
    {
        _pipeline.TryCreateSeries(Evil, _ => { });
        string text = await _client.GetStringAsync("/api/v1/overview", Stop);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        using JsonDocument overview = JsonDocument.Parse(text);
        Assert.Equal(Evil, overview.RootElement.GetProperty("series")[0].GetProperty("series").GetString());
        using HttpResponseMessage detail = await _client.GetAsync($"/api/v1/series?pipeline=p&series={Uri.EscapeDataString(Evil)}", Stop);
        Assert.Equal(HttpStatusCode.OK, detail.StatusCode);
    }

    [Fact]
    public async Task Feedback_OnAnAlert_IsTakenAndShown()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/api/v1/alerts/id-pump-1/feedback", "{\"verdict\":\"no_anomaly\",\"by\":\"test\"}"));
        Assert.Equal(FeedbackVerdict.NoAnomaly, _marks.VerdictOn("id-pump-1"));
        using JsonDocument alerts = JsonDocument.Parse(await _client.GetStringAsync("/api/v1/alerts", Stop));
        Assert.Equal("no_anomaly", alerts.RootElement[0].GetProperty("verdict").GetString());
        string metrics = await _client.GetStringAsync("/metrics", Stop);
        Assert.Contains("detector_alerts_feedback_total{verdict=\"no_anomaly\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("detector_alerts_precision{pipeline=\"pumps\"} 0", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/alerts/unknown/feedback", "{\"verdict\":\"confirmed\"}", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/alerts/id-pump-1/feedback", "{\"verdict\":\"maybe\"}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/alerts/id-pump-1/feedback", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/alerts/id-pump-1/feedback", "null", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/alerts/id-pump-1/feedback", "not json", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/alerts/id-pump-1/feedback", "{\"verdict\":\"confirmed\",\"admin\":true}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/maintenance", "{\"to\":\"2000-01-01T00:00:00Z\"}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/maintenance", "{\"to\":\"2999-01-01T00:00:00Z\"}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/maintenance", "{\"from\":\"2026-01-01T00:00:00Z\"}", HttpStatusCode.BadRequest)]
    public async Task Post_WhatMakesNoSense_IsRefused(string path, string body, HttpStatusCode expected)
    {
        Assert.Equal(expected, await PostAsync(path, body));
        Assert.Null(_marks.VerdictOn("id-pump-1"));
        Assert.Empty(_maintenance.Entered);
    }

    [Fact]
    public async Task Post_BodyBeyondTheLimit_IsRefused()
    {
        HttpStatusCode told = await PostAsync("/api/v1/maintenance", "{\"to\":\"2027-01-01T00:00:00Z\",\"comment\":\"" + new string('x', 100_000) + "\"}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, told);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/api/v1/maintenance", string.Concat(Enumerable.Repeat("[", 5000))));
    }

    [Fact]
    public async Task Maintenance_EnteredAndRemoved_IsInForceBetween()
    {
        Assert.Equal(HttpStatusCode.Created, await PostAsync("/api/v1/maintenance", "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T01:00:00Z\",\"series\":\"pump-*\"}"));
        MaintenanceWindow window = Assert.Single(_maintenance.Entered);
        Assert.True(_maintenance.Covers("any", "pump-1", window.From.UtcTicks, out _, out _));
        using HttpResponseMessage gone = await _client.DeleteAsync($"/api/v1/maintenance/{window.Id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Empty(_maintenance.Entered);
    }

    [Fact]
    public async Task Events_NewAlert_IsToldAsAnEvent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        Assert.Equal("event: alerts", await NextAsync(reader));
        _alerts.Take(Alerts.Firing("pump-2"));
        Assert.Equal("event: alerts", await NextAsync(reader));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                return line;
        }

        return null;
    }

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using HttpResponseMessage response = await _client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        return response.StatusCode;
    }

    private sealed class Ready : IReadiness
    {
        public bool IsReady => true;

        public IReadOnlyList<string> Missing => [];
    }
}
