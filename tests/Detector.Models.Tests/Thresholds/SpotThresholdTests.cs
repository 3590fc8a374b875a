using System.Text.Json;
using Detector.Models.Thresholds;
using Detector.Tests.Support;

namespace Detector.Models.Tests.Thresholds;

public sealed class SpotThresholdTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private const int Rows = 5 * 1440;

    [Fact]
    public void Value_RarerRate_IsHigher()
    {
        double[] perDay = [4, 2, 1, 0.5, 0.2, 0.1, 1 / 7.0, 0.01, 0.001];
        Array.Sort(perDay);
        var values = perDay.Select(rate => Fitted(new FalseAlarmRate(rate, TimeSpan.FromDays(1))).Value).ToArray();
        for (var i = 1; i < values.Length; i++)
            Assert.True(values[i] < values[i - 1]);
    }

    [Fact]
    public void ExpectedPerDay_AtValue_IsTheStatedRate()
    {
        foreach (var rate in (double[])[1, 0.1, 0.01])
        {
            var threshold = Fitted(new FalseAlarmRate(rate, TimeSpan.FromDays(1)));
            Assert.Equal(rate, threshold.ExpectedPerDay(threshold.Value), rate * 1e-9);
            Assert.Equal(rate, threshold.StatedPerDay, 12);
        }
    }

    [Fact]
    public void PValue_RisingScore_FallsAndStaysPositive()
    {
        var threshold = Fitted();
        var last = 1.0;
        for (var score = -1.0; score < 1000; score += score < 5 ? 0.01 : 10)
        {
            var p = threshold.PValue(score);
            Assert.InRange(p, double.Epsilon, last);
            last = p;
        }

        Assert.InRange(threshold.PValue(double.PositiveInfinity), double.Epsilon, 1e-6);
        Assert.Equal(1, threshold.PValue(-1));
    }

    [Fact]
    public void PValue_FreshNormalScores_IsCalibrated()
    {
        var threshold = Fitted();
        var fresh = Simulation.LogGaussian(200_000, 0.8, 77);
        foreach (var level in (double[])[0.5, 0.2, 0.1, 0.05, 0.01, 0.001])
            Assert.InRange(fresh.Count(score => threshold.PValue(score) <= level) / (double)fresh.Length, level * 0.5, level * 1.5);
    }

    [Theory]
    [InlineData("spot")]
    [InlineData("dspot")]
    public void Observe_TailFittedOverAndOver_AllocatesNothing(string method)
    {
        double[] scores = Simulation.LogGaussian(3 * Rows, 0.8, 5);
        long[] times = Simulation.Ticks(scores.Length, Minute);
        IThreshold threshold = ThresholdFactory.Create(method, new ThresholdOptions { MaxPeaks = 50 });
        threshold.Fit(scores.AsSpan(0, Rows), times.AsSpan(0, Rows));
        int next = Rows;
        void Observe(int rows)
        {
            for (int end = next + rows; next < end; next++)
                threshold.Observe(scores[next], times[next]);
        }

        Observe(Rows);
        Assert.Equal(0, Allocations.Least(() => Observe(1000)));
    }

    [Fact]
    public void Observe_FlaggedRows_LearnsNothing()
    {
        var threshold = Fitted();
        var before = threshold.Value;
        var ticks = (Rows + 1000) * Minute.Ticks;
        for (var i = 0; i < 3 * 1440; i++)
            Assert.True(threshold.Observe(before + 1 + i % 3, ticks += Minute.Ticks));
        Assert.False(threshold.Observe(0.1, ticks + TimeSpan.FromHours(3).Ticks));
        Assert.Equal(before, threshold.Value);
        Assert.Equal(Fitted().Save().Episodes.Peaks, threshold.Save().Episodes.Peaks);
        Assert.Equal(Fitted().Save().Episodes.Clock, threshold.Save().Episodes.Clock);
    }

    [Fact]
    public void Observe_LouderNormal_Follows()
    {
        var threshold = Fitted(new FalseAlarmRate(1, TimeSpan.FromDays(1)));
        Assert.InRange(threshold.Value, 0.9, 1.2);
        var scores = Simulation.LogGaussian(60 * 1440, 0.8, 5);
        var ticks = Simulation.Ticks(scores.Length, Minute, (Rows + 10) * Minute.Ticks);
        for (var i = 0; i < scores.Length; i++)
            threshold.Observe(scores[i] * 1.3, ticks[i]);
        Assert.InRange(threshold.Value, 1.2, 1.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_FaultsInTheCalibration_AreSetAside(int faults)
    {
        var scores = Simulation.LogGaussian(2 * Rows, 0.8, 1);
        for (var i = 0; i < 20 * faults; i++)
            scores[2000 * (1 + i / 20) + i % 20] = 4;
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions { ClusterGap = TimeSpan.FromMinutes(30) });
        threshold.Fit(scores, Simulation.Ticks(scores.Length, Minute));
        Assert.Equal(faults, threshold.Save().Episodes.SetAside);
        Assert.InRange(threshold.Value, 1, 2);
        Assert.Contains($"{faults} calibration clusters", threshold.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_MorePeaksThanAllowed_ForgetsTheOldest()
    {
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions { MaxPeaks = 50, ClusterGap = TimeSpan.FromMinutes(30) });
        var scores = Simulation.LogGaussian(100 * 1440, 0.8, 3);
        var ticks = Simulation.Ticks(scores.Length, Minute);
        threshold.Fit(scores.AsSpan(0, 20 * 1440), ticks.AsSpan(0, 20 * 1440));
        for (var i = 20 * 1440; i < scores.Length; i++)
            threshold.Observe(scores[i], ticks[i]);
        var state = threshold.Save().Episodes;
        Assert.Equal(50, state.Peaks.Length);
        Assert.Equal(50, state.PeakClocks.Length);
        Assert.True(state.WindowStart > TimeSpan.FromDays(60).Ticks);
        Assert.InRange(threshold.ExpectedPerDay(0), 2, 15);
    }

    [Fact]
    public void Restore_AnyMoment_ContinuesNumberForNumber()
    {
        var original = Fitted(new FalseAlarmRate(2, TimeSpan.FromDays(1)));
        var restored = original;
        var scores = Simulation.LogGaussian(10 * 1440, 0.8, 11);
        var ticks = Simulation.Ticks(scores.Length, Minute, Rows * Minute.Ticks);
        for (var i = 0; i < scores.Length; i++)
        {
            if (i % 97 == 0)
            {
                var json = JsonSerializer.Serialize(restored.Save());
                restored = ThresholdFactory.Restore(JsonSerializer.Deserialize<ThresholdState>(json)!);
                Assert.Equal(json, JsonSerializer.Serialize(restored.Save()));
            }

            Assert.Equal(original.Observe(scores[i], ticks[i]), restored.Observe(scores[i], ticks[i]));
            Assert.Equal(original.Value, restored.Value);
        }

        Assert.Equal(original.PValue(0.9), restored.PValue(0.9));
        Assert.Equal(original.Describe(), restored.Describe());
    }

    [Fact]
    public void Observe_Gap_DoesNotCountAsObservedTime()
    {
        var threshold = Fitted();
        var before = threshold.Save().Episodes.Clock;
        threshold.Observe(0.1, Rows * Minute.Ticks);
        threshold.Observe(0.1, (Rows + 10) * Minute.Ticks);
        threshold.Observe(0.1, (Rows + 10) * Minute.Ticks + TimeSpan.FromDays(30).Ticks);
        Assert.Equal(before + 10 * Minute.Ticks, threshold.Save().Episodes.Clock);
    }

    [Fact]
    public void Fit_Gap_DoesNotCountAsObservedTime()
    {
        var scores = Simulation.LogGaussian(Rows, 0.8, 1);
        var ticks = Simulation.Ticks(Rows, Minute);
        for (var i = Rows / 2; i < Rows; i++)
            ticks[i] += TimeSpan.FromDays(365).Ticks;
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        threshold.Fit(scores, ticks);
        Assert.Equal((Rows - 2) * Minute.Ticks, threshold.Save().Episodes.Clock);
    }

    [Fact]
    public void Fit_TwoSeriesAtTheSameTime_PoolsTheirTime()
    {
        var scores = Simulation.LogGaussian(Rows, 0.8, 1).Concat(Simulation.LogGaussian(Rows, 0.8, 2)).ToArray();
        var ticks = Simulation.Ticks(Rows, Minute).Concat(Simulation.Ticks(Rows, Minute)).ToArray();
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        threshold.Fit(scores, ticks, [.. Enumerable.Range(0, 2 * Rows).Select(i => i / Rows)]);
        Assert.Equal(2 * (Rows - 1) * Minute.Ticks, threshold.Save().Episodes.Clock);
    }

    [Fact]
    public void Observe_Steady_DoesNotAllocate()
    {
        var threshold = Fitted();
        threshold.Observe(0.1, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1000; i++)
            threshold.Observe(0.1, i * Minute.Ticks);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static IThreshold Fitted(FalseAlarmRate? rate = null)
    {
        var threshold = ThresholdFactory.Create(
            "spot", new ThresholdOptions { FalseAlarms = rate ?? FalseAlarmRate.OncePerWeek, ClusterGap = TimeSpan.FromMinutes(30) });
        threshold.Fit(Simulation.LogGaussian(Rows, 0.8, 1), Simulation.Ticks(Rows, Minute));
        return threshold;
    }
}
