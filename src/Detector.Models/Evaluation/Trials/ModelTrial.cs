using Detector.Models.Evaluation.Injection;
using Detector.Models.Scoring;
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
        _injected = [.. AnomalyInjector.Kinds(features).SelectMany(kind => Inject(kind, features))];
    }

    public TrialFigures Judge(AnomalyModel model, ThresholdState threshold)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        (double[] scores, bool[] verdicts) = Run(model, threshold, _values);
        double level = Level(scores), flagged = (double)verdicts.AsSpan().Count(true) / verdicts.Length;
        EventOutcomes normal = EventOutcomes.Of(_ticks, verdicts, new bool[_ticks.Length], _mergeGap);
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
            InjectedSeries series = new AnomalyInjector(_options with { Seed = _options.Seed + (1000 * pass) }).Inject(_values, features, kind);
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
        int next = 0, last = -1;
        _lay(values).Replay((window, ticks, _) =>
        {
            while (_ticks[next] < ticks)
                next++;
            // A row less than a window away shares rows with it; beyond, what the views remember of it is old.
            bool restarted = last < 0 || next - last > model.Dimensions.Rows;
            last = next;
            rows[tile.Count] = next;
            tile.Add(window, model, memory, restarted, ticks);
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

    private static double Level(double[] scores)
    {
        double[] sorted = [.. scores.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.PositiveInfinity : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling((1 - EqualShare) * (sorted.Length - 1)))];
    }
}
