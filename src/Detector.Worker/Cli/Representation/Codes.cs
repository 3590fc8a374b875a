using System.Runtime.InteropServices;

namespace Detector.Worker.Cli.Representation;

/// <summary>Latent codes with the times of their windows.</summary>
internal sealed class Codes
{
    private readonly List<float> _values = [];
    private readonly List<long> _ticks = [];

    /// <summary>Event time of each window's newest row.</summary>
    public IReadOnlyList<long> Ticks => _ticks;

    /// <summary>Z, values of a code.</summary>
    public int Width => _ticks.Count == 0 ? 0 : _values.Count / _ticks.Count;

    /// <summary>All codes, (N, Z) row by row.</summary>
    public ReadOnlySpan<float> All => CollectionsMarshal.AsSpan(_values);

    /// <summary>The code of a window, (Z).</summary>
    public ReadOnlySpan<float> this[int index] => All.Slice(index * Width, Width);

    public void Add(float[] codes, IReadOnlyList<long> ticks)
    {
        _values.AddRange(codes);
        _ticks.AddRange(ticks);
    }
}
