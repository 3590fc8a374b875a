using System.Globalization;
using System.Text.Json;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>What no program should send, sent to a service at work.</summary>
public sealed class UnusableMessageTests(TrainedPlant trained)
{
    private const string Values = """{"flow":41.2,"pressure":4.1}""";

    /// <summary>Row that the hostile messages come after.</summary>
    private const int Now = 40;

    private static readonly (string Reason, string Payload)[] s_hostile =
    [
        ("malformed", """{"device":"pump-1","ts":"2026-01-05T08:00:40Z","values":{"""),
        ("malformed", "\u0001\u0002 no JSON at all"),
        ("malformed", new string('[', 2000) + new string(']', 2000)),
        ("wrong_type", Message(At(Now), """{"flow":"high","pressure":[4.1]}""")),
        ("empty", ""),
        ("empty", "   "),
        ("timestamp_past", Message("1990-01-01T00:00:00Z", Values)),
        ("timestamp_future", Message("2999-01-01T00:00:00Z", Values)),
        ("bad_timestamp", Message("yesterday", Values)),
        ("missing_timestamp", $$"""{"device":"pump-1","values":{{Values}}}"""),
        ("missing_series", $$"""{"ts":"{{At(Now)}}","values":{{Values}}}"""),
        ("no_features", Message(At(Now), "{}")),
        ("no_pipeline", Message(At(Now), Values, "fan-1")),
        ("duplicate", Message(At(Now - 1), Values)),
        ("late", Message(At(Now - 5), Values)),
        ("too_large", Message(At(Now), $$"""{"flow":41.2,"note":"{{new string('x', Plant.MaxMessageBytes)}}"}""")),
    ];

    [Fact]
    public async Task Run_UnusableMessages_AreRejectedWithTheirReasonAndTheServiceGoesOn()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        await using KcatTopic rejected = plant.Follow(Plant.Rejected);
        await using KcatTopic scores = plant.Follow(Plant.Scores);
        await using RunningService service = await RunningService.StartAsync(plant);

        var rows = new PumpRows();
        await plant.ProduceAsync(rows.Take(Now));
        await plant.ProduceAsync(s_hostile.Select(message => (PumpRows.Series, message.Payload)));
        // Values that no sensor measures cost themselves, not their sample.
        await plant.ProduceAsync((PumpRows.Series, Message(At(Now), """{"flow":NaN,"pressure":1e308,"speed":-Infinity,"current":"broken","valve":62}""")));
        rows.Take(1);
        await plant.ProduceAsync(rows.Take(20));

        IReadOnlyList<TopicMessage> letters = await rejected.WaitAsync(messages => messages.Count >= s_hostile.Length, "every unusable message", () => service.Log);
        IReadOnlyList<TopicMessage> scored = await scores.WaitAsync(messages => messages.Count >= Now - 31 + 21, "a score for every usable message", () => service.Log);
        string metrics = await service.Endpoint.MetricsAsync();
        await service.StopAsync();

        CheckLetters(letters);
        CheckCounters(metrics);
        Assert.Equal(
            Enumerable.Range(31, Now + 21 - 31).Select(PumpRows.TimeOf),
            scored.Select(score => score.Json.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.All(scored, score => Assert.True(score.Json.GetProperty("score").ValueKind == JsonValueKind.Number, score.Payload));
        Assert.Contains("dropped: too_large (topic sensors, partition 0, offset", service.Log, StringComparison.Ordinal);
        Assert.Equal(Now + s_hostile.Length + 21, plant.CommittedOffset());
    }

    private static void CheckLetters(IReadOnlyList<TopicMessage> letters)
    {
        Assert.Equal(s_hostile.Select(message => message.Reason), letters.Select(letter => letter.Headers["detector_reason"]));
        for (int i = 0; i < letters.Count; i++)
        {
            Assert.Equal(s_hostile[i].Payload, letters[i].Payload);
            Assert.Equal(PumpRows.Series, letters[i].Key);
            Assert.Equal("plant", letters[i].Headers["detector_source"]);
            Assert.Equal(Plant.Samples, letters[i].Headers["detector_topic"]);
            Assert.Equal((Now + i).ToString(CultureInfo.InvariantCulture), letters[i].Headers["detector_offset"]);
            Assert.Equal(s_hostile[i].Payload.Length.ToString(CultureInfo.InvariantCulture), letters[i].Headers["detector_original_bytes"]);
        }
    }

    private static void CheckCounters(string metrics)
    {
        foreach (IGrouping<string, (string, string)> reason in s_hostile.GroupBy(message => message.Reason))
            Assert.Equal(reason.Count(), Scrape.Value(metrics, "detector_messages_dropped_total", "source=\"plant\"", $"reason=\"{reason.Key}\""));
        Assert.Equal(s_hostile.Length, Scrape.Value(metrics, "detector_messages_dropped_total"));
        Assert.Equal(Now + s_hostile.Length + 21, Scrape.Value(metrics, "detector_messages_total"));
        Assert.Equal(1, Scrape.Value(metrics, "detector_samples_dropped_total", "reason=\"late\""));
        Assert.Equal(3, Scrape.Value(metrics, "detector_values_rejected_total", "reason=\"not_finite\""));
        Assert.Equal(1, Scrape.Value(metrics, "detector_values_rejected_total", "reason=\"wrong_type\""));
    }

    private static string Message(string at, string values, string device = PumpRows.Series) => $$"""{"device":"{{device}}","ts":"{{at}}","values":{{values}}}""";

    private static string At(int row) => PumpRows.TimeOf(row).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
