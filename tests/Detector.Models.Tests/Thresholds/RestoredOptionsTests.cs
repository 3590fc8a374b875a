using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class RestoredOptionsTests
{
    private static readonly string[] s_methods = ["spot", "quantile", "static"];

    [Fact]
    public void Restore_SameOptions_KeepsTheValueToTheBit()
    {
        foreach (string method in s_methods)
        {
            ThresholdState state = Fitted(method, Options());
            IThreshold restored = ThresholdFactory.Restore(state, Options());
            Assert.Equal((state.Value, state.StatedPerDay), (restored.Value, restored.StatedPerDay));
        }
    }

    [Fact]
    public void Restore_OtherOptions_IsWhatAFitWithThemGives()
    {
        foreach (string method in s_methods)
        {
            ThresholdState other = Fitted(method, Other());
            IThreshold restored = ThresholdFactory.Restore(Fitted(method, Options()), Other());
            Assert.Equal(1, restored.Value / other.Value, method == "quantile" ? 1 : 9); // the quantile comes from the tail that was fitted
            Assert.NotEqual(Fitted(method, Options()).Value, restored.Value);
        }
    }

    [Fact]
    public void Restore_ImpossibleOptions_AreRefused() =>
        Assert.Throws<ArgumentException>(() => ThresholdFactory.Restore(Fitted("quantile", Options()), new ThresholdOptions { Quantile = 2 }));

    private static ThresholdOptions Options() => new() { StaticValue = 3, Quantile = 0.99, ClusterGap = TimeSpan.FromMinutes(1) };

    private static ThresholdOptions Other() =>
        new() { StaticValue = 4, Quantile = 0.999, ClusterGap = TimeSpan.FromMinutes(1), FalseAlarms = new FalseAlarmRate(1, TimeSpan.FromDays(30)) };

    private static ThresholdState Fitted(string method, ThresholdOptions options)
    {
        var random = new Random(5);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => -Math.Log(1 - random.NextDouble()))];
        long[] ticks = [.. Enumerable.Range(0, scores.Length).Select(i => i * TimeSpan.TicksPerSecond * 30)];
        IThreshold threshold = ThresholdFactory.Create(method, options);
        threshold.Fit(scores, ticks);
        return threshold.Save();
    }
}
