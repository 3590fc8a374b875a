using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// Watches which features of one series come and go: those of its model, and behind them those that it does not know. In time steps, since some devices send
/// their features one by one. What has changed is asked about, and answered by somebody or, after a time, by a rule. One thread; a function of what it is shown.
/// </summary>
/// <param name="stepTicks">Time between two rows of a window.</param>
/// <param name="learnAfter">Event time for which a new feature must have been there.</param>
/// <param name="letGoAfter">Event time for which one must have been away.</param>
/// <param name="answers">Whether the model of the series can change its features; else they are told of and stay.</param>
internal sealed class FeatureWatch(long stepTicks, TimeSpan learnAfter, TimeSpan letGoAfter, bool answers)
{
    private const double LeastPresent = 0.1, Most = 0.5;
    private const int LeastSteps = 6, AbsencesLonger = 3;

    private List<FeatureColumn> _columns = [];
    private long[] _longestAbsence = []; // of the model's features, in training
    private long _step;
    private long _steps; // since the last look

    /// <summary>Names of the model's features and of the new ones, in the order of the rows.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Whether a feature is to be learned or let go.</summary>
    public bool HasAccepted => _columns.Exists(column => column.IsAccepted);

    /// <summary>Event time from which on every new feature that is to be learned has come; 0 where there is none.</summary>
    public long LearnSince => _columns.Where(column => column is { IsKnown: false, IsAccepted: true }).Select(column => column.Since).DefaultIfEmpty().Max();

    /// <summary>Features that the next model is to know.</summary>
    public IReadOnlyList<string> Target => [.. _columns.Where(column => column.IsKnown != column.IsAccepted).Select(column => column.Name)];

    /// <summary>The features are others: those of a model, or new ones.</summary>
    /// <param name="known">Names of the model's features.</param>
    /// <param name="newNames">Names of those that come and that it does not know.</param>
    /// <param name="baseline">How the model's features came in training; null where that is not known.</param>
    public void Use(IReadOnlyList<string> known, IReadOnlyList<string> newNames, StreamBaseline? baseline, long ticks)
    {
        FeatureColumn Column(string name, bool isKnown) => _columns.Find(column => column.Name == name) switch
        {
            { } same when same.IsKnown == isKnown => same,
            // One that the model knows no longer is asked about anew: it was let go, or somebody has gone back to a model without it.
            { } other => new FeatureColumn(name, isKnown) { Last = other.Last, Since = ticks },
            null => new FeatureColumn(name, isKnown) { Last = isKnown ? ticks : 0 },
        };

        _columns = [.. known.Select(name => Column(name, true)), .. newNames.Where(name => !known.Contains(name)).Select(name => Column(name, false))];
        _longestAbsence = [.. known.Select((_, f) => baseline?.Features[f].LongestAbsenceTicks ?? 0)];
        Names = [.. _columns.Select(column => column.Name)];
    }

    /// <summary>Takes up a sample.</summary>
    /// <param name="row">In the order of <see cref="Names"/>, NaN where missing.</param>
    public void Add(long ticks, ReadOnlySpan<double> row)
    {
        if (ticks / stepTicks != _step)
        {
            _step = ticks / stepTicks;
            _steps++;
            foreach (FeatureColumn column in _columns)
            {
                column.IsInStep = false;
                column.Last = column.Last == 0 ? ticks : column.Last; // away from the first sample on at most
            }
        }

        for (int i = 0; i < row.Length; i++)
        {
            FeatureColumn column = _columns[i];
            if (double.IsNaN(row[i]))
                continue;
            column.Steps += column.IsInStep ? 0 : 1;
            column.IsInStep = true;
            column.Last = ticks;
            if (column.Since == 0)
                column.Since = ticks;
        }
    }

    /// <summary>Looks at what has come and gone.</summary>
    /// <returns>The question; null while there is none.</returns>
    public DriftSignal? Review()
    {
        if (_steps >= LeastSteps)
        {
            foreach (FeatureColumn column in _columns)
            {
                column.Share = (double)column.Steps / _steps;
                column.Steps = 0;
                if (!column.IsKnown && column.Share < Most)
                    column.Since = 0;
                column.IsAccepted &= IsChanged(column);
            }

            _steps = 0;
        }

        FeatureColumn[] changed = [.. _columns.Where(IsChanged)];
        return changed.Length == 0 ? null : new DriftSignal(DriftReason.Shape, changed[0].Name, changed.Length, string.Join(" ", changed.Select(Describe)));
    }

    /// <summary>Whether what is asked about is so for good: as somebody says, or when it has been so for long enough and nobody says otherwise.</summary>
    /// <param name="verdict">What somebody says; null for nothing.</param>
    /// <param name="isEnough">Whether there is enough to learn from since an event time.</param>
    /// <returns>Whether a feature is to be learned or let go that was not before.</returns>
    public bool Answer(long ticks, FeedbackVerdict? verdict, Func<long, bool> isEnough)
    {
        bool any = false;
        for (int i = 0; i < _columns.Count; i++)
        {
            FeatureColumn column = _columns[i];
            bool isForGood = verdict switch
            {
                FeedbackVerdict.Confirmed => false,
                null => column.IsKnown
                    ? ticks - column.Last >= Math.Max(letGoAfter.Ticks, AbsencesLonger * _longestAbsence[i])
                    : ticks - column.Since >= learnAfter.Ticks,
                _ => true,
            };
            bool before = column.IsAccepted;
            column.IsAccepted = answers && isForGood && IsChanged(column) && (column.IsKnown || isEnough(column.Since));
            any |= column.IsAccepted && !before;
        }

        return any;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_columns.Count);
        foreach (FeatureColumn column in _columns)
            column.Save(writer);
        writer.Write<long>(_longestAbsence);
        writer.Write(_step);
        writer.Write(_steps);
    }

    /// <exception cref="InvalidDataException">It was saved of another model.</exception>
    public void Load(BinaryReader reader)
    {
        int known = _longestAbsence.Length;
        _columns = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => FeatureColumn.Load(reader))];
        _longestAbsence = reader.ReadArray<long>();
        (_step, _steps) = (reader.ReadInt64(), reader.ReadInt64());
        Names = [.. _columns.Select(column => column.Name)];
        if (_longestAbsence.Length != known)
            throw new InvalidDataException($"The features of {_longestAbsence.Length} columns were saved where the model has {known}.");
    }

    private static bool IsChanged(FeatureColumn column) => column.IsKnown ? column.Share < LeastPresent : column.Since > 0 && column.Share >= Most;

    private string Describe(FeatureColumn column)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"in {100 * column.Share:F0} % of the time steps");
        if (!answers)
            return $"{column.Name} is there {share}.";
        return column.IsKnown
            ? $"{column.Name} is there {share}. Gone for good? It is let go when it has not come for {letGoAfter}, unless this is marked as confirmed."
            : $"{column.Name} is new, there {share}. New normal? It is learned when it has been there for {learnAfter}, unless this is marked as confirmed.";
    }
}
