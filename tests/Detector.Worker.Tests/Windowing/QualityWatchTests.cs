using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class QualityWatchTests : IQualitySignals
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const double N = double.NaN;
    private readonly List<string> _signals = [];

    void IQualitySignals.Accept(in QualitySignal signal) =>
        _signals.Add(FormattableString.Invariant(
            $"{signal.Reason} {(signal.IsOver ? "over" : "begins")} {signal.Feature} {signal.StartedTicks / Second}..{signal.Ticks / Second} {signal.Value}"));

    [Fact]
    public void Observe_OneValueLongerThanItMay_IsStuckUntilItChanges()
    {
        QualityWatch watch = Watch(stuck: 10, never: true);
        Run(watch, 0, 5, second => [second, second]);
        Run(watch, 5, 30, _ => [7.5, 1]);
        Assert.Equal(["Stuck begins a 5..16 7.5"], _signals);
        Run(watch, 30, 31, second => [second, 1]);
        Assert.Equal(["Stuck begins a 5..16 7.5", "Stuck over a 5..30 7.5"], _signals);
        Run(watch, 31, 40, second => [second, 1]);
        Assert.Equal(2, _signals.Count);
    }

    [Fact]
    public void Observe_FeatureStaysAway_IsMissingFromItsLastValueUntilTheNext()
    {
        QualityWatch watch = Watch(missing: 10);
        Run(watch, 0, 5, second => [second, second]);
        Run(watch, 5, 30, second => [second, N]);
        Run(watch, 30, 31, second => [second, second]);
        Assert.Equal(["FeatureMissing begins b 4..15 NaN", "FeatureMissing over b 4..30 NaN"], _signals);
    }

    [Fact]
    public void Observe_TextInsteadOfNumbers_IsTheWrongType()
    {
        QualityWatch watch = Watch(missing: 10);
        Run(watch, 0, 5, second => [second, second]);
        for (int second = 5; second < 30; second++)
        {
            watch.SeeWrongType(1, second * Second);
            watch.Observe(second * Second, [second, N], this);
        }

        Run(watch, 30, 31, second => [second, second]);
        Assert.Equal(["WrongType begins b 4..15 NaN", "WrongType over b 4..30 NaN"], _signals);
    }

    [Fact]
    public void Observe_GapLongerThanSilence_BeginsAndEndsItWhenTheSeriesIsBack()
    {
        QualityWatch watch = Watch(silent: 60);
        Run(watch, 0, 5, second => [second, second]);
        Run(watch, 64, 65, second => [second, second]);
        Assert.Empty(_signals);
        Run(watch, 200, 201, second => [second, second]);
        Assert.Equal(["Silent begins  64..124 NaN", "Silent over  64..200 NaN"], _signals);
        Assert.False(watch.IsSilent);
    }

    [Fact]
    public void BeginSilence_ThenSamples_GivesTheSignalsThatTheGapAloneGives()
    {
        QualityWatch watch = Watch(silent: 60);
        Run(watch, 0, 65, second => [second, second]);
        watch.BeginSilence(this);
        watch.BeginSilence(this);
        Assert.True(watch.IsSilent);
        Run(watch, 200, 210, second => [second, second]);
        Assert.Equal(["Silent begins  64..124 NaN", "Silent over  64..200 NaN"], _signals);
    }

    [Fact]
    public void Observe_AfterAGap_BlamesNoFeatureForWhatNobodySaw()
    {
        QualityWatch watch = Watch(silent: 1000, missing: 10, stuck: 10);
        Run(watch, 0, 5, second => [second, second]);
        Run(watch, 500, 505, _ => [4, N]);
        Assert.Empty(_signals);
        Run(watch, 505, 520, _ => [4, N]);
        Assert.Equal(["FeatureMissing begins b 500..511 NaN", "Stuck begins a 500..511 4"], _signals.Order());
    }

    [Fact]
    public void SeeNew_UnknownFeatures_AreToldOnceAndNotWithoutEnd()
    {
        QualityWatch watch = Watch();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 100; i++)
                watch.SeeNew(System.Text.Encoding.UTF8.GetBytes($"x{i}"), 5 * Second, this);
        }

        Assert.Equal(2 * QualityWatch.MaxNewFeatures, _signals.Count);
        Assert.Equal(["FeatureNew begins x0 5..5 NaN", "FeatureNew over x0 5..5 NaN"], _signals.Take(2));
    }

    [Fact]
    public void Observe_NothingFound_AllocatesNothing()
    {
        QualityWatch watch = Watch(stuck: 10, missing: 10);
        double[] row = [0, 0];
        watch.Observe(0, row, this);
        int i = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int end = i + 10_000; i < end;)
            {
                i++;
                (row[0], row[1]) = (i, i % 5 == 0 ? N : i % 3);
                watch.Observe(i * Second, row, this);
                watch.SeeWrongType(1, i * Second);
            }
        }));
        Assert.Empty(_signals);
    }

    [Fact]
    public void On_OtherFeatures_EndsWhatIsLetGoAndGoesOnWithTheRest()
    {
        QualityWatch watch = Watch(stuck: 10, missing: 10, never: true);
        Run(watch, 0, 12, _ => [7, 1]);
        Run(watch, 12, 24, second => [7, N]);
        Assert.Equal(["Stuck begins a 0..11 7", "FeatureMissing begins b 11..22 NaN"], _signals);
        watch.SeeNew("c"u8, 24 * Second, this);
        watch.SeeNew("d"u8, 24 * Second, this);
        _signals.Clear();

        watch = watch.On(new QualityLimits(100_000 * Second, 16 * Second, [10 * Second, 10 * Second], [10 * Second, 10 * Second], NewFeatures: true), ["c", "a"], this);
        Assert.Equal(["FeatureMissing over b 11..23 NaN"], _signals);
        watch.SeeNew("d"u8, 25 * Second, this);
        Assert.Single(_signals);
        Run(watch, 24, 30, second => [second, 7]);
        Run(watch, 30, 31, second => [second, 8]);
        Assert.Equal("Stuck over a 0..30 7", _signals[^1]);
    }

    private static QualityWatch Watch(int silent = 100_000, int stuck = 100_000, int missing = 100_000, bool never = false) => new(
        new QualityLimits(
            silent * Second, 16 * Second, [stuck * Second, never ? QualityLimits.Never : stuck * Second], [missing * Second, missing * Second], NewFeatures: true),
        ["a", "b"]);

    private void Run(QualityWatch watch, int from, int to, Func<int, double[]> row)
    {
        for (int second = from; second < to; second++)
            watch.Observe(second * Second, row(second), this);
    }
}
