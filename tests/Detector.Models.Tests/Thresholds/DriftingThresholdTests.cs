using System.Text.Json;
using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class DriftingThresholdTests
{
    private const int Day = 1440;
    private static readonly double[] s_normal = Simulation.LogGaussian(40 * Day, 0.5, 8);
    private static readonly long[] s_ticks = Simulation.Ticks(s_normal.Length, TimeSpan.FromMinutes(1));

    [Fact]
    public void Observe_ScoresThatCreepUp_AreFollowedByDspotOnly()
    {
        IThreshold spot = Fitted("spot"), dspot = Fitted("dspot");
        int ofSpot = 0, ofDspot = 0;
        for (int i = 20 * Day; i < 40 * Day; i++)
        {
            double drifted = s_normal[i] + 0.3 * (i - 20 * Day) / Day;
            ofSpot += spot.Observe(drifted, s_ticks[i]) ? 1 : 0;
            ofDspot += dspot.Observe(drifted, s_ticks[i]) ? 1 : 0;
        }

        Assert.True(ofSpot > 10 * Day, $"{ofSpot}");
        Assert.InRange(ofDspot, 0, 200);
    }

    [Fact]
    public void Observe_Shift_IsFlaggedForADayAndThenTheNewNormal()
    {
        IThreshold threshold = Fitted("dspot");
        int[] flaggedOfDay = new int[5];
        for (int i = 0; i < 5 * Day; i++)
            flaggedOfDay[i / Day] += threshold.Observe(s_normal[20 * Day + i] + 10, s_ticks[20 * Day + i], suspect: i > 0) ? 1 : 0;

        Assert.Equal(Day, flaggedOfDay[0]);
        Assert.InRange(flaggedOfDay[2], 0, Day / 10);
        Assert.InRange(threshold.Value, 10, 20);
    }

    [Fact]
    public void Fit_ShortTraining_TheLevelIsTheMean()
    {
        double[] scores = [s_normal[0] + 5, .. s_normal[1..(Day / 2)]];
        IThreshold threshold = ThresholdFactory.Create("dspot", new ThresholdOptions());
        threshold.Fit(scores, s_ticks.AsSpan(0, scores.Length));

        Assert.Equal(scores.Average(), threshold.Save().Drift!.Value.Level, 0.01);
    }

    [Fact]
    public void Observe_SuspectRows_AreNotLearned()
    {
        IThreshold threshold = Fitted("dspot");
        double value = threshold.Value;
        for (int i = 20 * Day; i < 20 * Day + 600; i++)
            threshold.Observe(0.9 * value, s_ticks[i], suspect: true);

        Assert.Equal(value, threshold.Value);
    }

    [Fact]
    public void Drift_ScoresThatRiseByTwoDeviations_IsTwo_AlsoWhenRestored()
    {
        IThreshold threshold = Fitted("dspot");
        Assert.Equal(0, threshold.Drift);
        double[] differences = [.. s_normal.Take(20 * Day).Select(score => score - s_normal.Take(20 * Day).Average())];
        double rise = 2 * Math.Sqrt(differences.Average(difference => difference * difference));
        double farthest = 0, sum = 0;
        for (int i = 20 * Day; i < 40 * Day; i++)
        {
            // Over ten days, so that the level keeps up with it.
            threshold.Observe(s_normal[i] + rise * Math.Min(1, (i - 20 * Day) / (10.0 * Day)), s_ticks[i]);
            farthest = Math.Max(farthest, threshold.Drift!.Value);
            sum += i >= 32 * Day ? threshold.Drift!.Value : 0;
        }

        Assert.InRange(sum / (8 * Day), 1.8, 2.2);
        Assert.InRange(farthest, 2, 3);
        string json = JsonSerializer.Serialize(threshold.Save());
        Assert.Equal(threshold.Drift, ThresholdFactory.Restore(JsonSerializer.Deserialize<ThresholdState>(json)!).Drift);

        using var snapshot = new MemoryStream();
        threshold.Save(new BinaryWriter(snapshot));
        snapshot.Position = 0;
        IThreshold resumed = Fitted("dspot");
        resumed.Load(new BinaryReader(snapshot));
        Assert.Equal(threshold.Drift, resumed.Drift);
    }

    [Fact]
    public void Drift_ThresholdThatDoesNotFollow_HasNone() => Assert.Null(Fitted("spot").Drift);

    [Fact]
    public void Save_Restored_GoesOnNumberForNumber()
    {
        IThreshold threshold = Fitted("dspot", release: 0.5);
        for (int i = 20 * Day; i < 25 * Day; i++)
            threshold.Observe(s_normal[i] + (i % 700 < 5 ? 8 : 0), s_ticks[i]);
        string json = JsonSerializer.Serialize(threshold.Save());
        IThreshold restored = ThresholdFactory.Restore(JsonSerializer.Deserialize<ThresholdState>(json)!);

        for (int i = 25 * Day; i < 30 * Day; i++)
        {
            double score = s_normal[i] + (i % 500 < 5 ? 8 : 0);
            Assert.Equal(threshold.Observe(score, s_ticks[i]), restored.Observe(score, s_ticks[i]));
            Assert.Equal(threshold.Value, restored.Value);
        }
    }

    [Fact]
    public void Observe_AfterAHighPeak_ReleasesBelowAShareOfIt()
    {
        IThreshold plain = Fitted("spot"), releasing = Fitted("spot", release: 0.5);
        double peak = 10 * plain.Value, lingering = 1.5 * plain.Value;
        long start = s_ticks[20 * Day];
        long Minute(int minutes) => start + minutes * TimeSpan.TicksPerMinute;

        Assert.True(plain.Observe(peak, Minute(0)) && releasing.Observe(peak, Minute(0)));
        Assert.True(plain.Observe(lingering, Minute(1)));
        Assert.False(releasing.Observe(lingering, Minute(1)));
        Assert.True(releasing.Observe(0.8 * peak, Minute(2)));
        // The peak fades: a day later the threshold alone counts.
        Assert.True(releasing.Observe(lingering, Minute(Day)));
    }

    private static IThreshold Fitted(string method, double release = 0)
    {
        IThreshold threshold = ThresholdFactory.Create(method, new ThresholdOptions { FalseAlarms = new(1, TimeSpan.FromDays(7)), Release = release });
        threshold.Fit(s_normal.AsSpan(0, 20 * Day), s_ticks.AsSpan(0, 20 * Day));
        return threshold;
    }
}
