using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;
using Detector.Worker.Publishing.Alertmanager;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing.Http;

/// <summary>Against the Alertmanager of the system's packages, read back with its own amtool.</summary>
public sealed class AlertmanagerSinkTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _errors = [];
    private readonly int _port = FreePort.Next();
    private ExternalTool _server = null!;

    private string Url => $"http://127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        string configuration = _directory.Write("alertmanager.yml", "route: {receiver: none, group_by: [pipeline, group], group_wait: 0s}\nreceivers: [{name: none}]\n");
        _server = ExternalTool.Start(
            "prometheus-alertmanager",
            [$"--config.file={configuration}", $"--storage.path={Path.Combine(_directory.Path, "data")}", $"--web.listen-address=127.0.0.1:{_port}", "--cluster.listen-address="]);
        await _server.WaitForTextAsync("Listening on");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Publish_SeriesThatFailTogether_AreOneGroupAndAreResolved()
    {
        using AlertmanagerSink sink = Sink(Url);
        Alert[] alerts = [Alerts.Firing("pump-1", Severity.Critical), Alerts.Firing("pump-2"), Alerts.Firing("pump-3", group: "other")];
        foreach (Alert alert in alerts)
            sink.Publish(AlertWriter.Write(alert, Receipt.None), CancellationToken.None);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));

        Assert.Equal(
            ["pump-1 critical DetectorAnomaly g", "pump-2 warning DetectorAnomaly g", "pump-3 warning DetectorAnomaly other"], await QueryAsync());
        using var client = new HttpClient();
        using JsonDocument groups = JsonDocument.Parse(await client.GetStringAsync($"{Url}/api/v2/alerts/groups", TestContext.Current.CancellationToken));
        Assert.Equal([1, 2], groups.RootElement.EnumerateArray().Select(group => group.GetProperty("alerts").GetArrayLength()).Order());

        foreach (Alert alert in alerts)
            sink.Publish(AlertWriter.Write(Alerts.Resolved(alert), Receipt.None), CancellationToken.None);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));
        Assert.Empty(await QueryAsync());
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task Publish_SeverityRises_LeavesOneAlertOfTheNewSeverity()
    {
        using AlertmanagerSink sink = Sink(Url);
        Alert alert = Alerts.Firing("pump-1");
        sink.Publish(AlertWriter.Write(alert, Receipt.None), CancellationToken.None);
        sink.Publish(AlertWriter.Write(alert with { Severity = Severity.Critical, State = AlertState.Updated, Revision = 2 }, Receipt.None), CancellationToken.None);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal(["pump-1 critical DetectorAnomaly g"], await QueryAsync());
    }

    [Theory]
    [InlineData("{\"},\n evil=\"x\" <script>alert(1)</script>")]
    [InlineData("pümp-β")]
    public async Task Publish_SeriesNameOfAnyKind_ComesBackAsItWas(string series)
    {
        using AlertmanagerSink sink = Sink(Url);
        sink.Publish(AlertWriter.Write(Alerts.Firing(series), Receipt.None), CancellationToken.None);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal([$"{series} warning DetectorAnomaly g"], await QueryAsync());
    }

    [Fact]
    public async Task Publish_EventTimeAheadOfTheClock_IsTaken()
    {
        using AlertmanagerSink sink = Sink(Url);
        Alert alert = Alerts.Firing("pump-1", started: TimeProvider.System.GetUtcNow().AddMinutes(30));
        sink.Publish(AlertWriter.Write(alert, Receipt.None), CancellationToken.None);
        sink.Publish(AlertWriter.Write(Alerts.Resolved(alert), Receipt.None), CancellationToken.None);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task Resume_OpenAlerts_AreToldAgain()
    {
        using AlertmanagerSink sink = Sink(Url);
        sink.Resume([Alerts.Firing("pump-7")]);
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal(["pump-7 warning DetectorAnomaly g"], await QueryAsync());
    }

    [Fact]
    public async Task Firing_AsTimePasses_IsToldAgainWithALaterEnd()
    {
        await using var listener = new Listener();
        var clock = new FakeClock();
        using var sink = new AlertmanagerSink("am", new SinkOptions { Server = listener.Url }, NullLogger.Instance, _errors.Add, clock);
        sink.Publish(AlertWriter.Write(Alerts.Firing("pump-1", started: clock.GetUtcNow()), Receipt.None), CancellationToken.None);
        await listener.WaitForAsync(1);
        for (int round = 2; round <= 3; round++)
        {
            for (int i = 0; i < 500 && listener.Requests.Count < round; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        DateTimeOffset[] ends = [.. listener.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement[0].GetProperty("endsAt").GetDateTimeOffset())];
        Assert.True(ends.Length >= 3 && ends[0] < ends[1] && ends[1] < ends[2], string.Join(' ', ends));
    }

    private AlertmanagerSink Sink(string url) => new("am", new SinkOptions { Type = "alertmanager", Server = url }, NullLogger.Instance, _errors.Add);

    private async Task<string[]> QueryAsync()
    {
        ToolResult result = await ExternalTool.RunAsync("amtool", ["alert", "query", $"--alertmanager.url={Url}", "-o", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument alerts = JsonDocument.Parse(result.Output.Trim() is { Length: > 0 } text ? text : "[]");
        return
        [
            .. alerts.RootElement.EnumerateArray().Select(alert => alert.GetProperty("labels"))
                .Select(labels => string.Join(' ', ((string[])["series", "severity", "alertname", "group"]).Select(name => labels.GetProperty(name).GetString()))).Order(StringComparer.Ordinal),
        ];
    }
}
