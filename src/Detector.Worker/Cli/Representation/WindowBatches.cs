namespace Detector.Worker.Cli.Representation;

/// <summary>Gathers windows and hands them to a network many at a time.</summary>
/// <param name="size">Values of a window.</param>
/// <param name="run">Takes (B, T, F) raw values, and which windows they are.</param>
internal sealed class WindowBatches(int size, Action<ReadOnlySpan<double>, IReadOnlyList<long>> run)
{
    private const int Capacity = 256;
    private readonly double[] _values = new double[Capacity * size];
    private readonly List<long> _keys = new(Capacity);

    /// <summary>Adds a window.</summary>
    /// <param name="key">Which one it is; handed back.</param>
    /// <param name="window">T × F raw values.</param>
    public void Add(long key, ReadOnlySpan<double> window)
    {
        window.CopyTo(_values.AsSpan(_keys.Count * size));
        _keys.Add(key);
        if (_keys.Count == Capacity)
            Flush();
    }

    /// <summary>Runs what has been gathered.</summary>
    public void Flush()
    {
        if (_keys.Count > 0)
            run(_values.AsSpan(0, _keys.Count * size), _keys);
        _keys.Clear();
    }
}
