using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class RecurrenceWatchTests
{
    private static readonly string[] s_features = ["speed", "flow"];

    [Fact]
    public void Review_AlikeForDays_AsksUntilItIsAnswered()
    {
        var watch = new RecurrenceWatch();
        PastEpisode[] nights = [.. Enumerable.Range(0, 4).Select(day => Night(day, 5 + 0.1 * (day % 2)))];
        watch.Review(At(2.5), nights[..3]);
        Assert.Null(watch.Question);

        watch.Review(At(3.5), nights);
        DriftSignal signal = watch.Describe(s_features, TimeSpan.FromDays(1))!.Value;
        Assert.Equal((DriftReason.Recurrence, "flow", 4.0), (signal.Reason, signal.Feature, signal.Value));
        Assert.Contains("4 times", signal.Message, StringComparison.Ordinal);

        watch.Accept();
        Assert.Null(watch.Question);
        Assert.Null(watch.Describe(s_features, TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Review_GrowingStronger_IsNotAskedAbout()
    {
        var watch = new RecurrenceWatch();
        watch.Review(At(9.5), [.. Enumerable.Range(0, 10).Select(day => Night(day, 4 * Math.Pow(1.05, day)))]);
        Assert.Null(watch.Question);
    }

    [Fact]
    public void Review_NoLongerSeen_TheQuestionIsOver()
    {
        var watch = new RecurrenceWatch();
        PastEpisode[] nights = [.. Enumerable.Range(0, 4).Select(day => Night(day, 5))];
        watch.Review(At(3.5), nights);
        Assert.NotNull(watch.Question);
        watch.Review(At(6), nights);
        Assert.Null(watch.Question);
    }

    [Fact]
    public void SaveAndLoad_KeepTheQuestion()
    {
        RecurrenceWatch left = new(), right = new();
        PastEpisode[] nights = [.. Enumerable.Range(0, 4).Select(day => Night(day, 5))];
        left.Review(At(3.5), nights);
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        left.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        right.Load(reader);
        Assert.Equal(left.Describe(s_features, TimeSpan.FromDays(1)), right.Describe(s_features, TimeSpan.FromDays(1)));
        Assert.Equal((At(3.5), 5), (right.AskedAt, right.Question?.Peak));
    }

    private static long At(double days) => new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddDays(days).Ticks;

    private static PastEpisode Night(int day, double peak) => new(At(day), At(day + 0.1), peak, 0.001, [0.6f, -0.8f]);
}
