using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>Samples that arrived while a model was being trained, in order; they are scored once it is there. Bounded by what the sources allow in flight.</summary>
internal sealed class Backlog
{
    private readonly WarmupPool _samples = new();
    private readonly List<(Receipt Receipt, long Arrival)> _claims = [];
    private int _next;
    private int _count;

    /// <summary>Samples that wait. May be read by any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool IsEmpty => Count == 0;

    public void Add(long ticks, ReadOnlySpan<double> row, Receipt receipt, long arrival)
    {
        _samples.Add(ticks, row);
        _claims.Add((receipt, arrival));
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Looks at the oldest sample.</summary>
    public void Peek(Span<double> row, out long ticks, out Receipt receipt, out long arrival)
    {
        ticks = _samples.Ticks[_next];
        _samples.CopyRow(_next, row);
        (receipt, arrival) = _claims[_next];
    }

    /// <summary>Releases the claims of the samples that wait.</summary>
    public void ReleaseClaims()
    {
        for (int i = _next; i < _claims.Count; i++)
            _claims[i].Receipt.Release();
    }

    /// <summary>Saves the samples that wait.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_count);
        double[] row = [];
        for (int i = _next; i < _claims.Count; i++)
        {
            int width = _samples.Width(i);
            if (row.Length < width)
                row = new double[width];
            _samples.CopyRow(i, row.AsSpan(0, width));
            writer.Write(_samples.Ticks[i]);
            writer.Write<double>(row.AsSpan(0, width));
        }
    }

    /// <summary>Adds what was saved.</summary>
    /// <param name="receipt">Stands for its messages, which are part of the state.</param>
    public void Load(BinaryReader reader, FeaturePlaces places, Receipt receipt, long arrival)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            long ticks = reader.ReadInt64();
            Add(ticks, places.Arrange(reader.ReadArray<double>()), receipt, arrival);
        }
    }

    /// <summary>Puts the values of what waits in other places: the features are others from now on.</summary>
    public void Arrange(FeaturePlaces places) => _samples.Arrange(places);

    /// <summary>Drops the oldest sample, and the memory once none is left.</summary>
    public void Advance()
    {
        Volatile.Write(ref _count, _count - 1);
        if (++_next < _claims.Count)
            return;
        _samples.Clear();
        _claims.Clear();
        _claims.TrimExcess();
        _next = 0;
    }
}
