using Detector.Models.Evaluation;
using Detector.Models.Evaluation.Injection;

namespace Detector.Models.Tests.Evaluation.Injection;

public sealed class AnomalyInjectorTests
{
    private const int Rows = 3000, Features = 4;
    private static readonly InjectionOptions s_options = new() { Seed = 3, LeastSize = 1, MostSize = 3 };
    private static readonly double[] s_rows = Machine(Rows);
    private static readonly double[] s_spreads = [.. Enumerable.Range(0, Features).Select(feature => Deviation(Column(s_rows, feature)))];

    public static TheoryData<InjectedKind> Kinds => [.. Enum.GetValues<InjectedKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inject_AnyKind_ChangesWhatItLabelsAndNothingElse(InjectedKind kind)
    {
        InjectedSeries series = Inject(kind);

        Assert.InRange(series.Events.Count, 10, 60);
        var changed = new bool[Rows];
        foreach (InjectedEvent injected in series.Events)
        {
            Assert.InRange(injected.Rows.Length, kind == InjectedKind.Spike ? 1 : s_options.LeastRows, kind == InjectedKind.Spike ? 3 : s_options.MostRows);
            Assert.InRange(injected.Size, s_options.LeastSize, s_options.MostSize);
            Assert.NotEmpty(injected.Features);
            changed.AsSpan(injected.Rows.First, injected.Rows.Length).Fill(true);
            foreach (int feature in injected.Features)
                Assert.Contains(injected.All(), row => Math.Abs(series.Values[row * Features + feature] - s_rows[row * Features + feature]) > 0.2 * s_spreads[feature]);
            for (int row = injected.Rows.First; row <= injected.Rows.Last; row++)
            {
                foreach (int feature in Enumerable.Range(0, Features).Except(injected.Features))
                    Assert.Equal(s_rows[row * Features + feature], series.Values[row * Features + feature]);
            }
        }

        Assert.Equal(changed, series.Labels);
        for (int i = 0; i < s_rows.Length; i++)
            Assert.True(changed[i / Features] || series.Values[i] == s_rows[i]);
        Assert.All(series.Events.Zip(series.Events.Skip(1)), pair => Assert.True(pair.Second.Rows.First - pair.First.Rows.Last > s_options.NormalRows));
        Assert.True(series.Events[0].Rows.First >= s_options.NormalRows && Rows - series.Events[^1].Rows.Last > s_options.NormalRows);
    }

    [Fact]
    public void Inject_RowsThatAreNotScored_HoldNoEvent()
    {
        bool[] scored = [.. Enumerable.Range(0, Rows).Select(row => row % 130 >= 31)];
        InjectedSeries series = new AnomalyInjector(s_options).Inject(s_rows, Features, InjectedKind.LevelShift, scored);

        Assert.InRange(series.Events.Count, 5, 60);
        Assert.All(series.Events, injected => Assert.DoesNotContain(false, scored[injected.Rows.First..(injected.Rows.Last + 1)]));
    }

    [Theory]
    [InlineData(InjectedKind.Spike)]
    [InlineData(InjectedKind.LevelShift)]
    public void Inject_SpikeOrShift_MovesEveryRowByItsSize(InjectedKind kind) => ForEach(kind, (injected, feature, before, after) =>
    {
        double shift = after[0] - before[0];
        Assert.Equal(injected.Size, Math.Abs(shift) / s_spreads[feature], 9);
        Assert.All(after.Zip(before), pair => Assert.Equal(shift, pair.First - pair.Second, 9));
    });

    [Fact]
    public void Inject_Drift_GrowsEvenlyToItsSize() => ForEach(InjectedKind.Drift, (injected, feature, before, after) =>
    {
        double last = after[^1] - before[^1];
        Assert.Equal(injected.Size, Math.Abs(last) / s_spreads[feature], 9);
        for (int i = 0; i < after.Length; i++)
            Assert.Equal(last * (i + 1) / after.Length, after[i] - before[i], 9);
    });

    [Fact]
    public void Inject_Variance_AddsNoiseOfItsSize()
    {
        var ratios = new List<double>();
        ForEach(InjectedKind.Variance, (injected, feature, before, after) =>
            ratios.AddRange(after.Zip(before, (x, y) => (x - y) / (injected.Size * s_spreads[feature]))));
        Assert.InRange(ratios.Average(), -0.15, 0.15);
        Assert.InRange(Deviation([.. ratios]), 0.9, 1.1);
    }

    [Fact]
    public void Inject_Frequency_StaysInTheRangeOfTheEventAndRunsFaster()
    {
        double turnsBefore = 0, turnsAfter = 0;
        ForEach(InjectedKind.Frequency, (_, feature, before, after) =>
        {
            Assert.Equal(before[0], after[0]);
            Assert.All(after, value => Assert.InRange(value, before.Min() - 1e-9, before.Max() + 1e-9));
            if (feature >= 2)
                return; // no rhythm to speak of
            turnsBefore += Turns(before);
            turnsAfter += Turns(after);
        });
        Assert.True(turnsAfter > 1.5 * turnsBefore, $"{turnsAfter} turns instead of {turnsBefore}");
    }

    [Fact]
    public void Inject_CorrelationBreak_ShowsTheFeaturesOwnValuesOfAnotherTime() => ForEach(InjectedKind.CorrelationBreak, (injected, feature, _, after) =>
    {
        double[] column = Column(s_rows, feature);
        int source = Enumerable.Range(0, Rows - after.Length).First(row => column.AsSpan(row, after.Length).SequenceEqual(after));
        Assert.True(source > injected.Rows.Last || source + after.Length <= injected.Rows.First);
    });

    [Fact]
    public void Inject_Stuck_KeepsTheFirstValue() => ForEach(InjectedKind.Stuck, (_, _, before, after) => Assert.All(after, value => Assert.Equal(before[0], value)));

    [Fact]
    public void Inject_Dropout_ReadsZeroOrFarBelowNowAndThen()
    {
        int dropped = 0, kept = 0;
        ForEach(InjectedKind.Dropout, (injected, feature, before, after) =>
        {
            double step = injected.Size * s_spreads[feature];
            Assert.NotEqual(before[0], after[0]);
            for (int i = 0; i < after.Length; i++)
            {
                Assert.True(after[i] == before[i] || after[i] == 0 || Math.Abs(before[i] - step - after[i]) < 1e-9);
                (dropped, kept) = after[i] == before[i] ? (dropped, kept + 1) : (dropped + 1, kept);
            }
        });
        Assert.InRange((double)dropped / (dropped + kept), 0.4, 0.65);
    }

    [Fact]
    public void Inject_SameSeed_SameEvents_AnotherSeed_Others()
    {
        InjectedSeries first = Inject(InjectedKind.LevelShift), again = Inject(InjectedKind.LevelShift);
        InjectedSeries other = new AnomalyInjector(s_options with { Seed = 4 }).Inject(s_rows, Features, InjectedKind.LevelShift);

        Assert.Equal(first.Values, again.Values);
        Assert.NotEqual(first.Labels, other.Labels);
    }

    [Fact]
    public void Inject_FeatureThatNeverMovesOrIsMissing_IsLeftAlone()
    {
        double[] rows = [.. s_rows.Select((value, i) => i % Features == 1 ? 7 : i % Features == 2 ? double.NaN : value)];
        foreach (InjectedKind kind in Enum.GetValues<InjectedKind>())
        {
            InjectedSeries series = new AnomalyInjector(s_options with { MostFeatures = 1 }).Inject(rows, Features, kind);
            Assert.NotEmpty(series.Events);
            Assert.All(series.Events, injected => Assert.Empty(injected.Features.Intersect([1, 2])));
            Assert.Equal(rows.Where((_, i) => i % Features is 1 or 2), series.Values.Where((_, i) => i % Features is 1 or 2));
        }
    }

    [Fact]
    public void Inject_NothingMovesOrFits_NoEvents()
    {
        Assert.Empty(new AnomalyInjector(s_options).Inject(new double[Rows], 1, InjectedKind.Spike).Events);
        Assert.Empty(new AnomalyInjector(s_options).Inject(s_rows.AsSpan(0, 100 * Features), Features, InjectedKind.Spike).Events);
        Assert.DoesNotContain(true, new AnomalyInjector(s_options).Inject([], 1, InjectedKind.Drift).Labels);
    }

    [Fact]
    public void Kinds_OneFeature_HasNoCorrelationToBreak()
    {
        Assert.DoesNotContain(InjectedKind.CorrelationBreak, AnomalyInjector.Kinds(1));
        Assert.Equal(8, AnomalyInjector.Kinds(2).Count);
    }

    [Fact]
    public void OutcomeOf_ScoresThatKnowTheEvents_FindsAllOfThem()
    {
        InjectedSeries series = Inject(InjectedKind.Stuck);
        double[] scores = [.. series.Labels.Select(label => label ? 1.0 : 0)];
        InjectionOutcome all = InjectionOutcome.Of(InjectedKind.Stuck, series, scores, series.Labels, 0);
        InjectionOutcome none = InjectionOutcome.Of(InjectedKind.Stuck, series, [.. scores.Select(score => -score)], new bool[Rows], 0);

        Assert.Equal((series.Events.Count, 1.0, 0.0), (all.Events, all.Detection, none.Detection));
        Assert.True(all.AucPr > 0.99 && none.AucPr < 0.5, $"{all.AucPr}, {none.AucPr}");
        Assert.Equal((2 * series.Events.Count, 0.5), (all.Add(none).Events, all.Add(none).Detection));
        Assert.Equal((all.AucPr + none.AucPr) / 2, all.Add(none).AucPr, 9);
    }

    [Fact]
    public void OutcomeOf_HighScoresBehindTheEvents_CountOnlyBeyondTheWake()
    {
        InjectedSeries series = Inject(InjectedKind.Drift);
        double[] scores = new double[Rows];
        foreach (InjectedEvent injected in series.Events)
            scores.AsSpan(injected.Rows.First, injected.Rows.Length + 5).Fill(1);

        Assert.Equal(1, InjectionOutcome.Of(InjectedKind.Drift, series, scores, series.Labels, wake: 5).AucPr);
        Assert.True(InjectionOutcome.Of(InjectedKind.Drift, series, scores, series.Labels, wake: 4).AucPr < 1);
    }

    private static InjectedSeries Inject(InjectedKind kind) => new AnomalyInjector(s_options).Inject(s_rows, Features, kind);

    private static void ForEach(InjectedKind kind, Action<InjectedEvent, int, double[], double[]> look)
    {
        InjectedSeries series = Inject(kind);
        Assert.NotEmpty(series.Events);
        foreach (InjectedEvent injected in series.Events)
        {
            foreach (int feature in injected.Features)
                look(injected, feature, Column(s_rows, feature)[injected.Rows.First..(injected.Rows.Last + 1)], Column(series.Values, feature)[injected.Rows.First..(injected.Rows.Last + 1)]);
        }
    }

    /// <summary>Two waves that belong together, a random walk around 100, and noise around 0.</summary>
    private static double[] Machine(int rows)
    {
        var random = new Random(1);
        double[] values = new double[rows * Features];
        double walk = 0;
        for (int row = 0; row < rows; row++)
        {
            walk = 0.95 * walk + Simulation.Gaussian(random);
            double wave = Math.Sin(row * Math.Tau / 23);
            double[] sample = [10 + wave, 5 - 3 * wave + 0.1 * random.NextDouble(), 100 + walk, Simulation.Gaussian(random)];
            sample.CopyTo(values, row * Features);
        }

        return values;
    }

    private static double[] Column(double[] values, int feature) => [.. values.Where((_, i) => i % Features == feature)];

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    /// <summary>How often the course changes its direction.</summary>
    private static int Turns(double[] values) => Enumerable.Range(1, values.Length - 2).Count(i => (values[i] - values[i - 1]) * (values[i + 1] - values[i]) < 0);
}
