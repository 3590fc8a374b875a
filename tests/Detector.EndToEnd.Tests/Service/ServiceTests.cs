using System.Globalization;
using Detector.Worker.Deciding;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>The service over Kafka: messages of an outside producer in, scores and alerts for an outside consumer out.</summary>
public sealed class ServiceTests(TrainedPlant trained)
{
    [Fact]
    public async Task Run_SamplesAfterTheWarmup_GetOneScoreEach()
    {
        TrainedPlant.Outcome outcome = await trained.OutcomeAsync();

        Assert.Equal(
            Enumerable.Range(Plant.WarmupRows, TrainedPlant.Rows - Plant.WarmupRows).Select(PumpRows.TimeOf),
            outcome.Scores.Select(score => score.Json.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.All(outcome.Scores, score =>
        {
            Assert.Equal(PumpRows.Series, score.Key);
            Assert.True(double.IsFinite(score.Json.GetProperty("score").GetDouble()));
            Assert.Equal(
                score.Json.GetProperty("anomalous").GetBoolean(),
                score.Json.GetProperty("score").GetDouble() > score.Json.GetProperty("threshold").GetDouble());
        });
    }

    [Fact]
    public async Task Run_StrongFault_FiresAtOnceAndIsResolved()
    {
        TrainedPlant.Outcome outcome = await trained.OutcomeAsync();

        DateTimeOffset start = PumpRows.TimeOf(Plant.WarmupRows + TrainedPlant.Normal);
        DateTimeOffset started = outcome.Alerts[0].Json.GetProperty("startedAt").GetDateTimeOffset();
        Assert.InRange(started, start, start.AddSeconds(5));
        string id = AlertId.Create("pumps", PumpRows.Series, started.UtcTicks);
        Assert.All(outcome.Alerts, alert => Assert.Equal(id, alert.Json.GetProperty("id").GetString()));
        Assert.Equal("firing", outcome.Alerts[0].Json.GetProperty("state").GetString());
        Assert.Equal("resolved", outcome.Alerts[^1].Json.GetProperty("state").GetString());
        Assert.Equal(Enumerable.Range(1, outcome.Alerts.Count), outcome.Alerts.Select(alert => alert.Json.GetProperty("revision").GetInt32()));
        Assert.Contains(outcome.Alerts[0].Json.GetProperty("features")[0].GetProperty("name").GetString(), (string[])["flow", "pressure"]);
    }

    [Fact]
    public async Task Run_ModelInService_PublishesItsThreshold()
    {
        TrainedPlant.Outcome outcome = await trained.OutcomeAsync();

        TopicMessage first = outcome.Thresholds[0];
        Assert.Equal(PumpRows.Series, first.Key);
        Assert.Equal("dspot", first.Json.GetProperty("method").GetString());
        Assert.Equal(outcome.Scores[0].Json.GetProperty("threshold").GetDouble(), first.Json.GetProperty("threshold").GetDouble());
        Assert.Equal("io.detector.threshold", first.Headers["ce_type"]);
        Assert.Equal(1 / 7.0, first.Json.GetProperty("statedPerDay").GetDouble(), tolerance: 1e-9);
    }

    [Fact]
    public async Task Run_GoodMessages_AreCountedAndNoneIsDropped()
    {
        TrainedPlant.Outcome outcome = await trained.OutcomeAsync();

        Assert.Equal(TrainedPlant.Rows, Scrape.Value(outcome.Metrics, "detector_messages_total", "source=\"plant\""));
        Assert.Equal(TrainedPlant.Rows, Scrape.Value(outcome.Metrics, "detector_samples_total", "pipeline=\"pumps\""));
        Assert.Equal(0, Scrape.Value(outcome.Metrics, "detector_messages_dropped_total"));
        Assert.Empty(outcome.Rejected);
    }

    [Fact]
    public async Task Run_Sigterm_CommitsTheEndOfWhatItRead() => Assert.Equal(TrainedPlant.Rows, (await trained.OutcomeAsync()).CommittedOffset);

    [Fact]
    public async Task Run_Again_ReadsNothingTwiceAndGoesOnWhereItStood()
    {
        int scores = (await trained.OutcomeAsync()).Scores.Count;
        var rows = new PumpRows();
        rows.Take(TrainedPlant.Rows);

        await using RunningService service = await RunningService.StartAsync(trained.Plant);
        // What it reads first is what is new: had it read anything twice, that would be counted.
        await trained.Plant.ProduceAsync(rows.Take(60));
        await service.WaitForMetricAsync(60, "detector_windows_scored_total");
        string metrics = await service.Endpoint.MetricsAsync();
        await service.StopAsync();

        Assert.Equal(60, Scrape.Value(metrics, "detector_messages_total"));
        Assert.Equal(0, Scrape.Value(metrics, "detector_messages_dropped_total"));
        Assert.Equal(1, Scrape.Value(metrics, "detector_series", "state=\"active\""));
        Assert.DoesNotContain("Training", service.Log, StringComparison.Ordinal);
        IReadOnlyList<TopicMessage> all = await KcatTopic.ReadAsync(trained.Plant.Servers, Plant.Scores);
        Assert.Equal(scores + 60, all.Count);
        Assert.Equal(
            PumpRows.TimeOf(TrainedPlant.Rows).ToString("o", CultureInfo.InvariantCulture),
            all[scores].Json.GetProperty("timestamp").GetDateTimeOffset().ToString("o", CultureInfo.InvariantCulture));
    }
}
