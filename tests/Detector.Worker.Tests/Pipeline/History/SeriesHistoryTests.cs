using Detector.Models.Scaling;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Pipeline.History;

namespace Detector.Worker.Tests.Pipeline.History;

public sealed class SeriesHistoryTests
{
    private const int Points = 10;
    private static readonly FeatureScaler s_scaler = new("standard", [0], [1], []);
    private readonly float[] _share = [1], _expected = [0];
    private readonly double[] _values = [0];
    private readonly SeriesHistory _history = new(features: 1, Points, TimeSpan.FromSeconds(5).Ticks);

    [Fact]
    public void Since_ManyMoreSamplesThanPoints_AreTheLatestAndTheHighestOfEachStretch()
    {
        for (int second = 0; second < 1000; second++)
            Add(second, score: second % 5 == 2 ? 9 : 1);

        IReadOnlyList<HistoryPoint> points = _history.Since(0);
        Assert.Equal(Enumerable.Range(0, Points).Select(i => Rows.Time(1000 - 5 * (Points - i) + 2).UtcTicks), points.Select(point => point.Ticks));
        Assert.All(points, point => Assert.Equal((9f, 2f), (point.Score, point.Values[0])));
        Assert.Equal(3, _history.Since(points[^4].Ticks).Count);
    }

    [Fact]
    public void Add_FullRing_AllocatesNothing()
    {
        for (int second = 0; second < 100; second++)
            Add(second, 1);
        int now = 100;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++)
                Add(now++, 1);
        }));
    }

    [Fact]
    public void Rearranged_OtherFeatures_HasTheSamePastAndGoesOn()
    {
        for (int second = 0; second < 100; second++)
            Add(second, 1);

        SeriesHistory other = _history.Rearranged([-1, 0]);

        IReadOnlyList<HistoryPoint> points = _history.Since(0), others = other.Since(0);
        Assert.Equal(points.Select(point => (point.Ticks, point.Score, point.Values[0], point.Contributions[0])), others.Select(point => (point.Ticks, point.Score, point.Values[1], point.Contributions[1])));
        Assert.All(others, point => Assert.True(float.IsNaN(point.Values[0])));
    }

    [Fact]
    public void Create_ManySeriesOfManyFeatures_StaysWithinTheBound()
    {
        const long Bound = 64 * 1024 * 1024;
        const int Features = 100, Series = 20_000;
        var budget = new HistoryBudget(TimeSpan.FromHours(1));
        int kept = Enumerable.Range(0, Series).Count(i => budget.Create(Features, i + 1) is not null);

        Assert.InRange(kept, 100, Series - 1);
        Assert.True(kept * 60L * SeriesHistory.BytesPerPoint(Features) <= Bound, $"{kept} histories were given out.");
    }

    private void Add(int second, double score)
    {
        _values[0] = second % 5;
        _history.Add(
            new Evidence { Ticks = Rows.Time(second).UtcTicks, Score = score, Contributions = _share, Expected = _expected, Values = _values, Scaler = s_scaler },
            new Verdict(false, score, 5, 0.5));
    }
}
