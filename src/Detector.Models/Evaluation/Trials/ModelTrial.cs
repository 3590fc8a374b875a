using Detector.Models.Evaluation.Injection;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using Detector.Models.Thresholds;
using Detector.Models.Training;

namespace Detector.Models.Evaluation.Trials;

/// <summary>
/// Judges models on the same held-out normal rows of one series, as they are and with made-up anomalies in them. Everything follows from the rows and
/// the seed: two models are told apart by what they do, never by what they were asked.
/// </summary>
public sealed class ModelTrial
{
    /// <summary>Share of the normal rows that may score above the level at which models are compared.</summary>
    public const double EqualShare = 0.005;

    /// <summary>Fewer rows than this leave no room for events and what lies between them.</summary>
    public const int LeastRows = 60;

    private const int WantedEvents = 12, MostPasses = 3;
    private readonly long[] _ticks;
    private readonly double[] _values;
    private readonly Func<double[], ITrainingData> _lay;
    private readonly TimeSpan _mergeGap;
    private readonly InjectionOptions _options;
    private readonly (InjectedKind Kind, InjectedSeries Series)[] _injected;
    private readonly bool[] _scored; // (N) rows that have a window: none just behind a hole has
    private readonly long _rowTicks;

    /// <param name="ticks">(N) UTC ticks of the rows, ascending.</param>
    /// <param name="values">N × F raw values, NaN where missing.</param>
    /// <param name="features">F.</param>
    /// <param name="lay">Lays such values, at these times, out as windows.</param>
    /// <param name="mergeGap">Anomalous rows no further apart than this are one episode.</param>
    /// <exception cref="TrainingException">Too few rows.</exception>
    public ModelTrial(long[] ticks, double[] values, int features, Func<double[], ITrainingData> lay, TimeSpan mergeGap, int seed)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        ArgumentNullException.ThrowIfNull(values);
        if (ticks.Length < LeastRows)
            throw new TrainingException($"{ticks.Length} rows are held out, and a comparison needs {LeastRows}; raise Training:Retrain:PoolRows.");
        (_ticks, _values, _lay, _mergeGap) = (ticks, values, lay, mergeGap);
        _options = InjectionOptions.For(ticks.Length, seed);
        _rowTicks = Math.Max(1, (long)Quantiles.Median([.. ticks.Skip(1).Zip(ticks, (later, earlier) => (double)(later - earlier))]));
        _scored = new bool[ticks.Length];
        int next = 0;
        lay(values).Replay((_, at, _) => _scored[next = RowOf(at, next)] = true);
        _injected = [.. AnomalyInjector.Kinds(features).SelectMany(kind => Inject(kind, features))];
    }

    public TrialFigures Judge(AnomalyModel model, ThresholdState threshold)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        (double[] scores, bool[] verdicts) = Run(model, threshold, _values);
        double level = Level(scores), flagged = (double)verdicts.AsSpan().Count(true) / verdicts.Length;
        int[] judged = [.. Enumerable.Range(0, _ticks.Length).Where(row => _scored[row])];
        EventOutcomes normal = EventOutcomes.Of(
            [.. judged.Select(row => _ticks[row])], [.. judged.Select(row => verdicts[row])], new bool[judged.Length], _mergeGap);
        int events = 0, found = 0, seen = 0;
        var areas = new List<double>();
        foreach ((InjectedKind kind, InjectedSeries series) in _injected)
        {
            (scores, verdicts) = Run(model, threshold, series.Values);
            InjectionOutcome outcome = InjectionOutcome.Of(kind, series, scores, verdicts, _options.NormalRows / 2);
            events += outcome.Events;
            found += outcome.Found;
            seen += series.Events.Count(made => scores.AsSpan(made.Rows.First, made.Rows.Length).ContainsAnyInRange(Math.BitIncrement(level), double.MaxValue));
            if (!double.IsNaN(outcome.AucPr))
                areas.Add(outcome.AucPr);
        }

        return new TrialFigures(
            normal.NormalTime.TotalDays, normal.FalseAlarms, flagged, threshold.StatedPerDay * normal.NormalTime.TotalDays, events, found, seen,
            areas.Count == 0 ? 0 : areas.Average());
    }

    private IEnumerable<(InjectedKind, InjectedSeries)> Inject(InjectedKind kind, int features)
    {
        int events = 0;
        for (int pass = 0; pass < MostPasses && events < WantedEvents; pass++)
        {
            InjectedSeries series = new AnomalyInjector(_options with { Seed = _options.Seed + (1000 * pass) }).Inject(_values, features, kind, _scored);
            events += series.Events.Count;
            if (series.Events.Count > 0)
                yield return (kind, series);
        }
    }

    /// <summary>Scores rows as a series that the model sees for the first time; a row without a score is the least anomalous.</summary>
    private (double[] Scores, bool[] Verdicts) Run(AnomalyModel model, ThresholdState state, double[] values)
    {
        double[] scores = new double[_ticks.Length];
        bool[] verdicts = new bool[_ticks.Length];
        Array.Fill(scores, double.NegativeInfinity);
        IThreshold threshold = ThresholdFactory.Restore(state);
        SeriesMemory memory = model.CreateMemory();
        using var tile = new ScoringWorkspace(model.Dimensions);
        int[] rows = new int[ScoringWorkspace.TileRows];
        float[] scaled = new float[model.Dimensions.Size];
        int next = 0, last = -1;
        _lay(values).Replay((window, ticks, _) =>
        {
            next = RowOf(ticks, next);
            if (last >= 0 && (double)(ticks - _ticks[last]) / _rowTicks - model.Dimensions.Rows is >= 1 and double missing)
            {
                Score();
                model.Scaler.Transform(window, ticks, scaled);
                model.Pass(memory, scaled, missing);
            }

            rows[tile.Count] = next;
            // The views go on behind a hole as if there were none: they remember a stream, in which there was not.
            tile.Add(window, model, memory, restarted: last < 0, ticks);
            last = next;
            if (tile.IsFull)
                Score();
        });
        Score();
        return (scores, verdicts);

        void Score()
        {
            model.Score(tile);
            for (int i = 0; i < tile.Count; i++)
            {
                scores[rows[i]] = tile.Scores[i];
                verdicts[rows[i]] = threshold.Observe(tile.Scores[i], _ticks[rows[i]]);
            }

            tile.Clear();
        }
    }

    private int RowOf(long ticks, int from)
    {
        while (_ticks[from] < ticks)
            from++;
        return from;
    }

    private static double Level(double[] scores)
    {
        double[] sorted = [.. scores.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.PositiveInfinity : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling((1 - EqualShare) * (sorted.Length - 1)))];
    }
}
