using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class SpotThresholdRateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("log", 2, "1 per series per 12:00:00")]
    [InlineData("log", 5, "1 per series per day")]
    [InlineData("log", 5, "1 per series per 3 days")]
    [InlineData("log", 5, "1 per series per week")]
    [InlineData("log", 5, "1 per series per 3 weeks")]
    [InlineData("log-slow", 10, "1 per series per day")]
    [InlineData("log-slow", 10, "1 per series per week")]
    [InlineData("exponential", 5, "1 per series per day")]
    [InlineData("exponential", 5, "1 per series per week")]
    [InlineData("exponential", 2, "1 per series per week")]
    public void Observe_FreshNormalScores_KeepsStatedRateWithinFactorTwo(string kind, int calibrationDays, string rate)
    {
        var threshold = Measure(kind, calibrationDays, rate, learn: true);
        Assert.InRange(threshold, 0.5, 2);
    }

    [Theory]
    [InlineData("log", 10, "1 per series per day")]
    [InlineData("log", 10, "1 per series per week")]
    public void Value_Frozen_KeepsStatedRateWithinFactorTwo(string kind, int calibrationDays, string rate) =>
        Assert.InRange(Measure(kind, calibrationDays, rate, learn: false), 0.5, 2);

    // Measured over stated episodes, pooled over seeds so that about 100 are expected.
    private static double Measure(string kind, int calibrationDays, string text, bool learn)
    {
        Assert.True(FalseAlarmRate.TryParse(text, out var rate, out _));
        var freshDays = Math.Max(20, (int)(10 / rate.PerDay));
        double episodes = 0, days = 0;
        for (var seed = 1; days * rate.PerDay < 200 && seed <= 20; seed++)
        {
            var rows = calibrationDays * 1440;
            var scores = Scores(kind, rows + freshDays * 1440, seed);
            var ticks = Simulation.Ticks(scores.Length, Minute);
            var threshold = ThresholdFactory.Create("spot", new ThresholdOptions { FalseAlarms = rate, ClusterGap = TimeSpan.FromMinutes(30) });
            threshold.Fit(scores.AsSpan(0, rows), ticks.AsSpan(0, rows));
            var frozen = threshold.Value;
            var last = long.MinValue / 2;
            for (var i = rows; i < scores.Length; i++)
            {
                var flagged = learn ? threshold.Observe(scores[i], ticks[i]) : scores[i] > frozen;
                if (!flagged)
                    continue;
                episodes += ticks[i] - last > TimeSpan.FromMinutes(30).Ticks ? 1 : 0;
                last = ticks[i];
            }

            days += freshDays;
        }

        TestContext.Current.SendDiagnosticMessage($"{kind} {text} learn={learn}: {episodes} of {days * rate.PerDay:0.#}");
        return episodes / (days * rate.PerDay);
    }

    private static double[] Scores(string kind, int rows, int seed) => kind switch
    {
        "log" => Simulation.LogGaussian(rows, 0.8, seed),
        "log-slow" => Simulation.LogGaussian(rows, 0.97, seed),
        _ => Simulation.ClusteredExponential(rows, 5, seed),
    };
}
