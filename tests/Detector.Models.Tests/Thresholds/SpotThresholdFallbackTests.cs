using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class SpotThresholdFallbackTests
{
    [Theory]
    [InlineData(1, "sparse")]
    [InlineData(2, "sparse")]
    [InlineData(20, "sparse")]
    [InlineData(199, "sparse")]
    public void Fit_FewRows_FallsBackToAFiniteThresholdAndSaysSo(int rows, string fallback)
    {
        var scores = Simulation.LogGaussian(rows, 0.5, 4);
        var threshold = Fit(scores, TimeSpan.FromSeconds(10));
        Assert.Equal(fallback, threshold.Save().Episodes.Fallback);
        Assert.InRange(threshold.Value, scores.Max(), 50);
        Assert.Contains("fallback", threshold.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FewRows_KeepsFreshRowsQuietAndSeesFaults()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var scores = Simulation.LogGaussian(10_150, 0.5, seed);
            var threshold = Fit(scores.AsSpan(0, 150), TimeSpan.FromMinutes(1));
            Assert.True(scores.Count(score => score > threshold.Value) <= 20, $"seed {seed}");
            Assert.True(threshold.Value < 4, $"seed {seed}: {threshold.Value}");
        }
    }

    [Fact]
    public void Observe_AfterFallback_LearnsTheTailWhileRunning()
    {
        var scores = Simulation.LogGaussian(20 * 1440, 0.8, 6);
        var ticks = Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1));
        var threshold = Fit(scores.AsSpan(0, 150), TimeSpan.FromMinutes(1));
        Assert.Null(threshold.Save().Episodes.Tail);
        for (var i = 150; i < scores.Length; i++)
            threshold.Observe(scores[i], ticks[i]);
        Assert.NotNull(threshold.Save().Episodes.Tail);
        Assert.Contains("learned since", threshold.Describe(), StringComparison.Ordinal);
        Assert.InRange(threshold.Value, 0.8, 2.5);
    }

    /// <summary>Two hours and a half that were calmer than the days after them: what is flagged for it is learned from.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(12)]
    public void Observe_TooLowAtFirst_RisesUntilTheRateIsAsStated(int seed)
    {
        var threshold = Fit(Simulation.LogGaussian(60 * 1440, 0.8, seed).AsSpan(0, 150), TimeSpan.FromMinutes(1));
        Assert.True(threshold.Value < 0.9);
        var scores = Simulation.LogGaussian(60 * 1440, 0.8, seed);
        var ticks = Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1));
        int lateAlarms = 0, last = 0;
        for (var row = 150; row < scores.Length; row++)
        {
            if (!threshold.Observe(scores[row], ticks[row]))
                continue;
            lateAlarms += row >= 20 * 1440 && row - last > 60 ? 1 : 0;
            last = row;
        }

        Assert.InRange(lateAlarms, 0, 12); // in 40 days: at one a week, and twice that
    }

    [Fact]
    public void Observe_AFaultADay_GoesOnSeeingThem()
    {
        var scores = Simulation.LogGaussian(30 * 1440, 0.8, 1);
        var threshold = Fit(scores.AsSpan(0, 150), TimeSpan.FromMinutes(1));
        for (var row = 720; row < scores.Length; row += 1440)
            scores.AsSpan(row, 30).Fill(4);
        var ticks = Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1));
        for (var row = 150; row < scores.Length; row++)
            Assert.True(threshold.Observe(scores[row], ticks[row]) || scores[row] < 4, $"row {row} at {threshold.Value}");
        Assert.InRange(threshold.Value, 0.8, 2.5);
    }

    [Fact]
    public void Fit_ClustersGrownTogether_RaisesTheBase()
    {
        var threshold = Fit(Simulation.LogGaussian(20 * 1440, 0.5, 2), TimeSpan.FromMinutes(1));
        var state = threshold.Save().Episodes;
        Assert.Equal("base-quantile", state.Fallback);
        Assert.True(state.Marginal.BaseQuantile > 0.9);
        Assert.Contains("not the stated base quantile", threshold.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BlockShorterThanTheGapAllows_TellsClustersApartByLess()
    {
        var threshold = Fit(Simulation.LogGaussian(8 * 3600, 0.5, 2), TimeSpan.FromSeconds(1));
        var state = threshold.Save().Episodes;
        Assert.Equal("cluster-gap", state.Fallback);
        Assert.True(state.GapTicks < TimeSpan.FromHours(1).Ticks);
        Assert.InRange(threshold.Value, 0.8, 4);
    }

    [Fact]
    public void Fit_RowsRarerThanTheGap_StillCountsTime()
    {
        var threshold = Fit(Simulation.LogGaussian(3650, 0.2, 2), TimeSpan.FromDays(1));
        Assert.InRange(threshold.Save().Episodes.Clock, TimeSpan.FromDays(3649).Ticks, TimeSpan.FromDays(3650).Ticks);
        Assert.InRange(threshold.Value, 0.22, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-2)]
    public void Fit_ConstantScores_GivesAFiniteThresholdAboveThem(double score)
    {
        var threshold = Fit(Enumerable.Repeat(score, 1000).ToArray(), TimeSpan.FromMinutes(1));
        Assert.True(threshold.Value > score && double.IsFinite(threshold.Value));
        Assert.InRange(threshold.PValue(score + 1), double.Epsilon, 0.1);
    }

    [Fact]
    public void Fit_GaussianScoresOfBothSigns_Works()
    {
        var random = new Random(8);
        var scores = Enumerable.Range(0, 20 * 1440).Select(_ => Simulation.Gaussian(random)).ToArray();
        Assert.InRange(Fit(scores, TimeSpan.FromMinutes(1)).Value, 3.3, 5.5);
        Assert.InRange(Fit(scores.AsSpan(0, 100), TimeSpan.FromMinutes(1)).Value, 3, 12);
    }

    private static IThreshold Fit(ReadOnlySpan<double> scores, TimeSpan period)
    {
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        threshold.Fit(scores, Simulation.Ticks(scores.Length, period));
        return threshold;
    }
}
