using Detector.Worker.Contracts;
using Detector.Worker.Scoring;

namespace Detector.Worker.Pipeline;

/// <summary>Windows on their way from a source thread through scoring to the verdict, with whose they are and what they claim.</summary>
internal sealed class PipelineBatch(int capacity)
{
    private readonly SeriesState[] _series = new SeriesState[capacity];
    private readonly Receipt[] _receipts = new Receipt[capacity];
    private readonly long[] _arrivals = new long[capacity];
    private readonly LiveModel[] _models = new LiveModel[capacity];
    private readonly string[][] _newNames = new string[capacity][];
    private readonly int[] _newEnds = new int[capacity];
    private double[] _newValues = new double[16];
    private readonly List<(int Before, SeriesState Series, long Ticks, bool Commanded)> _reviews = [];
    private readonly List<(int Before, SeriesState Series, QualitySignal Signal, Receipt Receipt)> _signals = [];

    public WindowBatch Windows { get; } = new(capacity);

    public int Count => Windows.Count;

    public bool IsFull => Windows.IsFull;

    /// <summary>Whether it holds neither windows nor signals.</summary>
    public bool IsEmpty => Count == 0 && _signals.Count == 0 && _reviews.Count == 0;

    /// <summary>Clock reading when the first of its samples was read.</summary>
    public long OldestArrival { get; private set; }

    /// <summary>What was found about the data, each with the number of the window before which it comes, in order.</summary>
    public IReadOnlyList<(int Before, SeriesState Series, QualitySignal Signal, Receipt Receipt)> Signals => _signals;

    /// <summary>The checkpoint whose mark stands behind the last of it; null for none.</summary>
    public Checkpoint? Closes { get; set; }

    /// <summary>Reviews, each with the number of the window before which it comes, in order.</summary>
    public IReadOnlyList<(int Before, SeriesState Series, long Ticks, bool Commanded)> Reviews => _reviews;

    /// <summary>The model that scores a window.</summary>
    public LiveModel Model(int index) => _models[index];

    /// <summary>Names of features that came with a window and that its model does not know.</summary>
    public string[] NewNames(int index) => _newNames[index];

    /// <summary>Their newest values, NaN where missing; the last may be lacking.</summary>
    public ReadOnlySpan<double> NewValues(int index)
    {
        int start = index == 0 ? 0 : _newEnds[index - 1];
        return _newValues.AsSpan(start, _newEnds[index] - start);
    }

    public SeriesState Series(int index) => _series[index];

    public Receipt Receipt(int index) => _receipts[index];

    /// <summary>Clock reading when the sample was read.</summary>
    public long Arrival(int index) => _arrivals[index];

    public void Add(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        if (IsEmpty)
            OldestArrival = arrival;
        int index = Windows.Count;
        Windows.Add(model.Scorer, series.Memory!, window, ticks, series.TakeRestart());
        _series[index] = series;
        _models[index] = model;
        _receipts[index] = receipt;
        _arrivals[index] = arrival;
        ReadOnlySpan<double> values = series.NewValues;
        int start = index == 0 ? 0 : _newEnds[index - 1];
        if (start + values.Length > _newValues.Length)
            Array.Resize(ref _newValues, 2 * (start + values.Length));
        values.CopyTo(_newValues.AsSpan(start));
        (_newNames[index], _newEnds[index]) = (series.NewNames, start + values.Length);
    }

    public void AddSignal(SeriesState series, in QualitySignal signal, Receipt receipt, long arrival)
    {
        if (IsEmpty)
            OldestArrival = arrival;
        _signals.Add((Count, series, signal, receipt));
    }

    public void AddReview(SeriesState series, long ticks, bool commanded, long arrival)
    {
        if (IsEmpty)
            OldestArrival = arrival;
        _reviews.Add((Count, series, ticks, commanded));
    }

    /// <summary>Its windows are about to be scored.</summary>
    public void EnterScoring()
    {
        for (int i = 0; i < Count; i++)
            _series[i].EnterScoring(Windows.Memory(i));
    }

    public void Clear()
    {
        Array.Clear(_models, 0, Count);
        Array.Clear(_newNames, 0, Count);
        _reviews.Clear();
        Array.Clear(_series, 0, Count);
        _signals.Clear();
        Closes = null;
        Windows.Clear();
    }
}
