using Detector.Models.Evaluation.Injection;
using Detector.Models.Training;
using Detector.Worker.Cli.Evaluate;
using Detector.Worker.Windowing;

namespace Detector.Worker.Cli.Tune;

/// <summary>A recording of normal operation, cut in time: the earlier rows are learned from, the later ones get the made-up anomalies.</summary>
internal sealed class TuneRecording
{
    /// <summary>Fewer held-out rows leave no room for events and what lies between them.</summary>
    public const int LeastHeldOut = 60;

    /// <summary>Events of a kind that are wanted; a short recording is gone through several times with other events.</summary>
    private const int WantedEvents = 24;
    private const int MostPasses = 8;
    private const string Label = "label";

    private TuneRecording(IReadOnlyList<string> features, long[] ticks, double[] values, int trained, int seed)
    {
        Features = features;
        TrainingRows = trained;
        int count = features.Count;
        Training = new RowsDecoder(features, ticks[..trained], values[..(trained * count)]);
        HeldOutTicks = ticks[trained..];
        HeldOut = values[(trained * count)..];
        PeriodTicks = SamplingPeriod.TryMeasure(ticks, out long period) ? period : throw new TrainingException("The recording has no two rows at different times.");
        Options = InjectionOptions.For(HeldOutTicks.Length, seed);
        Injected = [.. AnomalyInjector.Kinds(count).SelectMany(Inject)];
    }

    public IReadOnlyList<string> Features { get; }

    /// <summary>Number of rows that are learned from.</summary>
    public int TrainingRows { get; }

    /// <summary>The rows that are learned from.</summary>
    public RowsDecoder Training { get; }

    /// <summary>Event times of the held-out rows, ascending.</summary>
    public long[] HeldOutTicks { get; }

    /// <summary>The held-out rows as they are, N × F.</summary>
    public double[] HeldOut { get; }

    /// <summary>Median time between rows.</summary>
    public long PeriodTicks { get; }

    /// <summary>Size, length and distance of the made-up anomalies.</summary>
    public InjectionOptions Options { get; }

    /// <summary>The held-out rows with made-up anomalies, one kind in each.</summary>
    public IReadOnlyList<(InjectedKind Kind, InjectedSeries Series)> Injected { get; }

    /// <param name="holdout">Share of the rows, the latest.</param>
    /// <param name="seed">Seed of the made-up anomalies.</param>
    /// <exception cref="TrainingException">Too few rows.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TuneRecording Read(string path, double holdout, int seed)
    {
        CsvTable table = CsvTable.Read(path);
        int label = table.IndexOf(Label);
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(column => column != label)];
        var rows = new List<int>();
        for (int row = 0; row < table.Count; row++)
        {
            if (rows.Count == 0 || table.Ticks[row] > table.Ticks[rows[^1]])
                rows.Add(row);
        }

        int held = (int)(holdout * rows.Count);
        if (held < LeastHeldOut)
        {
            throw new TrainingException(
                $"'{path}' has {rows.Count} rows in order of time, of which {held} would be held out; at least {LeastHeldOut} are needed: give a longer recording or a larger --holdout.");
        }

        return new TuneRecording(
            [.. columns.Select(column => table.Columns[column])],
            [.. rows.Select(row => table.Ticks[row])],
            [.. rows.SelectMany(row => columns.Select(column => table.Value(row, column)))],
            rows.Count - held,
            seed);
    }

    private IEnumerable<(InjectedKind Kind, InjectedSeries Series)> Inject(InjectedKind kind)
    {
        int events = 0;
        for (int pass = 0; pass < MostPasses && events < WantedEvents; pass++)
        {
            InjectedSeries series = new AnomalyInjector(Options with { Seed = Options.Seed + (1000 * pass) }).Inject(HeldOut, Features.Count, kind);
            events += series.Events.Count;
            if (series.Events.Count > 0)
                yield return (kind, series);
        }
    }
}
