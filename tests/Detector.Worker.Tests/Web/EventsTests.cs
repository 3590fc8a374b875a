using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Tests.Pipeline;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;

namespace Detector.Worker.Tests.Web;

/// <summary>What a page is told while a thousand series change all the time.</summary>
public sealed class EventsTests : IAsyncLifetime
{
    private const int Series = 1000;
    private readonly PipelineRuntime _pipeline = TestPipeline.Create(WithRoom());
    private readonly FakeClock _clock = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<HttpResponseMessage> _open = [];
    private HttpEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await HttpEndpoint.StartAsync(
            new HttpOptions { Port = 0 }, new HttpServices(TestPipeline.Metrics(), new Ready()) { Page = TestPage.Services([_pipeline]) with { Clock = _clock } },
            new LogWriter(TextWriter.Null, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);
        _client.BaseAddress = _endpoint.Url;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (HttpResponseMessage response in _open)
            response.Dispose();
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Overview_ManyChangesOfEverySeriesInASecond_IsOneEventWithTheirLatest()
    {
        SeriesState[] series = [.. Enumerable.Range(0, Series).Select(i => _pipeline.TryCreateSeries($"s{i}", _ => { })!)];
        using StreamReader events = await FollowAsync();
        Assert.Equal(Series, (await NextAsync(events)).GetArrayLength());

        for (int change = 1; change <= 50; change++)
        {
            foreach (SeriesState one in series)
                one.Status.Set(Rows.Time(change).UtcTicks, change, 2);
        }

        await PassASecondAsync();
        JsonElement told = await NextAsync(events);
        Assert.Equal(Series, told.GetArrayLength());
        Assert.All(told.EnumerateArray(), row => Assert.Equal(50, row.GetProperty("score").GetDouble()));

        series[7].Status.Set(Rows.Time(51).UtcTicks, 51, 2);
        await PassASecondAsync();
        Assert.Equal("s7", Assert.Single((await NextAsync(events)).EnumerateArray()).GetProperty("series").GetString());
    }

    [Fact]
    public async Task Overview_SeriesThatMadeRoom_IsToldToBeGone()
    {
        SeriesState leaving = _pipeline.TryCreateSeries("leaving", _ => { })!;
        _pipeline.TryCreateSeries("staying", _ => { });
        using StreamReader events = await FollowAsync();
        Assert.Equal(2, (await NextAsync(events)).GetArrayLength());

        _pipeline.Remove(leaving);
        await PassASecondAsync();

        JsonElement row = Assert.Single((await NextAsync(events)).EnumerateArray());
        Assert.Equal(("leaving", "gone"), (row.GetProperty("series").GetString(), row.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_AreRefused()
    {
        for (int i = 0; i < 32; i++)
            using (await FollowAsync())
                continue;
        using HttpResponseMessage refused = await _client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static PipelineOptions WithRoom()
    {
        PipelineOptions options = TestPipeline.Options();
        options.MaxSeries = Series;
        return options;
    }

    private async Task<StreamReader> FollowAsync()
    {
        HttpResponseMessage response = await _client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Stop);
        _open.Add(response);
        return new StreamReader(await response.Content.ReadAsStreamAsync(Stop), leaveOpen: true);
    }

    /// <summary>Lets the clock go on once the stream waits for it.</summary>
    private async Task PassASecondAsync()
    {
        while (_clock.Timers == 0)
            await Task.Delay(5, Stop);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>The rows of the next overview.</summary>
    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        bool overview = false;
        while (await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop) is { } line)
        {
            if (overview && line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonDocument.Parse(line[6..]).RootElement.GetProperty("series");
            overview |= line == "event: overview";
        }

        throw new EndOfStreamException("The events have ended.");
    }

    private sealed class Ready : IReadiness
    {
        public bool IsReady => true;

        public IReadOnlyList<string> Missing => [];
    }
}
