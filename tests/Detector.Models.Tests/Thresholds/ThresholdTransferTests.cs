using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

/// <summary>A series' threshold goes on under another model, on the scale of that one's scores.</summary>
public sealed class ThresholdTransferTests
{
    private const double Factor = 3, Offset = 10;

    [Theory]
    [InlineData("spot")]
    [InlineData("dspot")]
    [InlineData("quantile")]
    public void Carry_ScoresOnAnotherScale_JudgesAsBefore(string method)
    {
        // The same model twice, but for the scale of its scores.
        ThresholdState before = Fit(method, score => score), next = Fit(method, score => Offset + Factor * score);
        IThreshold own = ThresholdFactory.Restore(before);
        foreach ((double score, long ticks) in Scores(seed: 2, 5000, 4000, louder: 1.5))
            own.Observe(score, ticks);

        IThreshold carried = ThresholdFactory.Restore(ThresholdTransfer.Carry(own.Save(), before, next));

        Assert.Equal(Offset + Factor * own.Value, carried.Value, 1e-6);
        // What it has learned so far goes on as well: the two stay together, but for what the next calibration says of sparse tails.
        foreach ((double score, long ticks) in Scores(seed: 3, 9000, 3000, louder: 1.5))
            Assert.Equal(own.Observe(score, ticks), carried.Observe(Offset + Factor * score, ticks));
        Assert.InRange(carried.Value, 0.99 * (Offset + Factor * own.Value), 1.01 * (Offset + Factor * own.Value));
        if (method != "quantile") // which does not learn
            Assert.NotInRange(carried.Value, 0, 1.05 * next.Value);
    }

    [Fact]
    public void Carry_SavedAndLoadedUnderTheNextModel_IsTheSame()
    {
        ThresholdState before = Fit("dspot", score => score), next = Fit("dspot", score => Factor * score);
        IThreshold own = ThresholdFactory.Restore(before);
        foreach ((double score, long ticks) in Scores(seed: 2, 5000, 500, louder: 1.2))
            own.Observe(score, ticks);
        IThreshold carried = ThresholdFactory.Restore(ThresholdTransfer.Carry(own.Save(), before, next));
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        carried.Save(writer);
        writer.Flush();
        bytes.Position = 0;

        IThreshold loaded = ThresholdFactory.Restore(next);
        using var reader = new BinaryReader(bytes);
        loaded.Load(reader);

        Assert.Equal(carried.Value, loaded.Value);
        foreach ((double score, long ticks) in Scores(seed: 4, 6000, 500, louder: 1.2))
            Assert.Equal(carried.Observe(Factor * score, ticks), loaded.Observe(Factor * score, ticks));
        Assert.Equal(carried.Value, loaded.Value);
    }

    [Fact]
    public void Carry_ScoresThatDidNotVary_BeginsWithTheNextModel()
    {
        ThresholdState flat = Fit("quantile", _ => 1), next = Fit("quantile", score => score);

        Assert.Same(next, ThresholdTransfer.Carry(flat, flat, next));
    }

    private static ThresholdState Fit(string method, Func<double, double> scale)
    {
        IThreshold threshold = ThresholdFactory.Create(method, new ThresholdOptions { FalseAlarms = new FalseAlarmRate(20, TimeSpan.FromDays(1)) });
        (double Score, long Ticks)[] scores = [.. Scores(seed: 1, 0, 5000, louder: 1)];
        threshold.Fit([.. scores.Select(row => scale(row.Score))], [.. scores.Select(row => row.Ticks)]);
        return threshold.Save();
    }

    /// <summary>A score a second: exponential.</summary>
    private static IEnumerable<(double Score, long Ticks)> Scores(int seed, int first, int count, double louder)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return (louder * -Math.Log(1 - random.NextDouble()), (first + i) * TimeSpan.TicksPerSecond);
    }
}
