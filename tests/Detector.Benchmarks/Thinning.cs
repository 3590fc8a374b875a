namespace Detector.Benchmarks;

/// <summary>Which rows of a recording are dropped at random: the same for the same seed.</summary>
internal sealed class Thinning
{
    private readonly double _dropped;
    private readonly bool[] _first;
    private readonly Random _random;

    /// <param name="first">Rows that are learned from.</param>
    /// <param name="droppedFirst">Share of them that is dropped.</param>
    /// <param name="dropped">Share of the others that is dropped.</param>
    /// <param name="oldest">Drops the oldest of the first rows, and none between.</param>
    public Thinning(int first, double droppedFirst, double dropped, int seed, bool oldest = false)
    {
        _dropped = dropped;
        _random = new Random(seed);
        _first = [.. Enumerable.Range(0, first).Select(row => oldest ? row < droppedFirst * first : _random.NextDouble() < droppedFirst)];
    }

    /// <summary>How many of the first rows are left.</summary>
    public int FirstLeft => _first.Count(dropped => !dropped);

    /// <summary>Whether a row is dropped; asked once for each, in order.</summary>
    public bool Drops(int row) => row < _first.Length ? _first[row] : _random.NextDouble() < _dropped;
}
