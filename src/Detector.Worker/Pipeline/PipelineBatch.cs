using Detector.Models.Scoring;
using Detector.Worker.Contracts;
using Detector.Worker.Scoring;

namespace Detector.Worker.Pipeline;

/// <summary>Windows on their way from a source thread through scoring to the verdict, with whose they are and what they claim.</summary>
internal sealed class PipelineBatch(int capacity)
{
    private readonly SeriesState[] _series = new SeriesState[capacity];
    private readonly Receipt[] _receipts = new Receipt[capacity];
    private readonly long[] _arrivals = new long[capacity];

    public WindowBatch Windows { get; } = new(capacity);

    public int Count => Windows.Count;

    public bool IsFull => Windows.IsFull;

    /// <summary>Clock reading when the first window was added.</summary>
    public long OldestArrival => _arrivals[0];

    public SeriesState Series(int index) => _series[index];

    public Receipt Receipt(int index) => _receipts[index];

    /// <summary>Clock reading when the sample was read.</summary>
    public long Arrival(int index) => _arrivals[index];

    public void Add(SeriesState series, AnomalyModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        int index = Windows.Count;
        Windows.Add(model, window, ticks);
        _series[index] = series;
        _receipts[index] = receipt;
        _arrivals[index] = arrival;
    }

    public void Clear()
    {
        Array.Clear(_series, 0, Count);
        Windows.Clear();
    }
}
