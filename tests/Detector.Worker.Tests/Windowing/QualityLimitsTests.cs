using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class QualityLimitsTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private static readonly WindowShape s_shape = new(32, Second, 16 * Second, 0.5);

    [Fact]
    public void From_TrainedOnAPumpsSensors_WatchesThoseThatVaryOnly()
    {
        StreamBaseline baseline = Baseline(
            1200, second => [Math.Sin(second), 5, second % 3, second / 400, Math.Round(20 + second / 100.0, 1), second % 7 == 0 ? Math.Cos(second) : double.NaN]);
        QualityLimits limits = From(new QualityOptions(), baseline);

        Assert.Equal([true, false, false, false, true, true], baseline.Features.Select(feature => feature.Varies));
        Assert.Equal([60 * Second, QualityLimits.Never, QualityLimits.Never, QualityLimits.Never], limits.StuckTicks[..4]);
        Assert.Equal(10 * baseline.Features[4].LongestRunTicks, limits.StuckTicks[4]);
        Assert.InRange(baseline.Features[4].LongestRunTicks, 9 * Second, 11 * Second);
        Assert.Equal(60 * Second, limits.MissingTicks[5]);
        Assert.Equal(120 * Second, limits.SilentTicks);
    }

    [Fact]
    public void From_GapsInTraining_AllowsLongerOnes()
    {
        StreamBaseline baseline = Baseline(500, second => [Math.Sin(second), second % 50 == 0 ? second : double.NaN], second => second < 250 ? second : second + 300);
        QualityLimits limits = From(new QualityOptions(), baseline);
        Assert.Equal(2 * 301 * Second, limits.SilentTicks);
        Assert.Equal(3 * 350 * Second, limits.MissingTicks[1]);
    }

    [Fact]
    public void From_FeatureNeverSeenInTraining_IsNeverMissing()
    {
        QualityLimits limits = From(new QualityOptions { MissingAfter = TimeSpan.FromSeconds(5) }, Baseline(500, second => [Math.Sin(second), double.NaN]));
        Assert.Equal([5 * Second, QualityLimits.Never], limits.MissingTicks);
    }

    [Fact]
    public void From_StatedOrZero_TakesItOrSwitchesItOff()
    {
        StreamBaseline baseline = Baseline(500, second => [Math.Sin(second)]);
        QualityLimits stated = From(
            new QualityOptions { SilentAfter = TimeSpan.FromSeconds(7), StuckAfter = TimeSpan.FromSeconds(8), MissingAfter = TimeSpan.FromSeconds(9) }, baseline);
        Assert.Equal((7 * Second, 8 * Second, 9 * Second), (stated.SilentTicks, stated.StuckTicks[0], stated.MissingTicks[0]));
        QualityLimits off = From(
            new QualityOptions { SilentAfter = TimeSpan.Zero, StuckAfter = TimeSpan.Zero, MissingAfter = TimeSpan.Zero }, baseline);
        Assert.Equal((QualityLimits.Never, QualityLimits.Never, QualityLimits.Never), (off.SilentTicks, off.StuckTicks[0], off.MissingTicks[0]));
    }

    [Fact]
    public void From_ModelStoredWithoutBaseline_NeverCallsAFeatureStuck()
    {
        QualityLimits limits = From(new QualityOptions(), null, features: 2);
        Assert.Equal([QualityLimits.Never, QualityLimits.Never], limits.StuckTicks);
        Assert.Equal([60 * Second, 60 * Second], limits.MissingTicks);
    }

    [Theory]
    [InlineData("00:00:00", true)]
    [InlineData("00:00:30", true)]
    [InlineData("-00:00:01", false)]
    [InlineData("31.00:00:00", false)]
    public void Errors_Duration_MustBeInRangeOrZero(string value, bool good)
    {
        TimeSpan duration = TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        string[] errors =
        [
            .. QualityOptionsCheck.Errors("K", new QualityOptions { SilentAfter = duration }),
            .. QualityOptionsCheck.Errors("K", new QualityOptions { StuckAfter = duration }),
            .. QualityOptionsCheck.Errors("K", new QualityOptions { MissingAfter = duration }),
        ];
        Assert.Equal(good ? 0 : 3, errors.Length);
        Assert.All(errors, error => Assert.Contains($"After is {duration}", error, StringComparison.Ordinal));
    }

    [Fact]
    public void From_FeaturesThatMayRepeat_StickOnlyWhereStated()
    {
        StreamBaseline baseline = Baseline(1000, i => [i]);
        Assert.NotEqual(QualityLimits.Never, From(new QualityOptions(), baseline).StuckTicks[0]);
        Assert.Equal(QualityLimits.Never, QualityLimits.From(new QualityOptions(), s_shape, baseline, 1, TimeSpan.FromMinutes(2), mayRepeat: true).StuckTicks[0]);
        var stated = new QualityOptions { StuckAfter = TimeSpan.FromHours(1) };
        Assert.Equal(TimeSpan.TicksPerHour, QualityLimits.From(stated, s_shape, baseline, 1, TimeSpan.FromMinutes(2), mayRepeat: true).StuckTicks[0]);
    }

    private static QualityLimits From(QualityOptions options, StreamBaseline? baseline, int? features = null) =>
        QualityLimits.From(options, s_shape, baseline, features ?? baseline!.Features.Count, TimeSpan.FromMinutes(2));

    private static StreamBaseline Baseline(int samples, Func<int, double[]> row, Func<int, long>? second = null)
    {
        var meter = new BaselineMeter(row(0).Length);
        meter.NextSeries();
        for (int i = 0; i < samples; i++)
            meter.Add((second?.Invoke(i) ?? i) * Second, row(i));
        return meter.Measure();
    }
}
