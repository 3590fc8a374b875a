using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Scaled windows in time order, with missing values filled and masked.</summary>
public sealed class WindowSet(WindowDimensions dimensions)
{
    private readonly List<float> _values = [];
    private readonly List<long> _ticks = [];
    private readonly List<int> _segments = [];
    private List<float>? _observed;

    public WindowDimensions Dimensions { get; } = dimensions;

    public int Count => _ticks.Count;

    /// <summary>Whether any value of any window is missing.</summary>
    public bool HasMissing => _observed is not null;

    /// <summary>Event time of each window's newest row, UTC ticks.</summary>
    public ReadOnlySpan<long> Ticks => CollectionsMarshal.AsSpan(_ticks);

    /// <summary>Number of the series each window belongs to.</summary>
    public ReadOnlySpan<int> Segments => CollectionsMarshal.AsSpan(_segments);

    /// <summary>Values of window <paramref name="index"/>, T × F.</summary>
    public ReadOnlySpan<float> Window(int index) =>
        CollectionsMarshal.AsSpan(_values).Slice(index * Dimensions.Size, Dimensions.Size);

    /// <summary>1 where the value was measured, 0 where it was filled; empty when nothing is missing.</summary>
    public ReadOnlySpan<float> Observed(int index) =>
        _observed is null ? [] : CollectionsMarshal.AsSpan(_observed).Slice(index * Dimensions.Size, Dimensions.Size);

    /// <summary>Adds a window.</summary>
    /// <param name="scaled">T × F scaled values, NaN where missing.</param>
    /// <param name="ticks">Event time of the newest row.</param>
    /// <param name="segment">Number of the series; windows of one series are added in time order.</param>
    public void Add(ReadOnlySpan<float> scaled, long ticks, int segment)
    {
        int start = _values.Count;
        CollectionsMarshal.SetCount(_values, start + Dimensions.Size);
        Span<float> values = CollectionsMarshal.AsSpan(_values)[start..];
        scaled.CopyTo(values);
        _ticks.Add(ticks);
        _segments.Add(segment);

        bool missing = MissingValues.Any(scaled);
        if (missing && _observed is null)
        {
            _observed = [];
            CollectionsMarshal.SetCount(_observed, start);
            CollectionsMarshal.AsSpan(_observed).Fill(1);
        }

        if (_observed is null)
            return;
        CollectionsMarshal.SetCount(_observed, start + Dimensions.Size);
        MissingValues.Fill(values, CollectionsMarshal.AsSpan(_observed)[start..], Dimensions);
    }

    /// <summary>Share of all values that is missing.</summary>
    public double MissingShare
    {
        get
        {
            double observed = 0;
            foreach (float value in CollectionsMarshal.AsSpan(_observed))
                observed += value;
            return _observed is null ? 0 : 1 - observed / _observed.Count;
        }
    }

    /// <summary>Adds windows of another set of the same dimensions.</summary>
    public void AddRange(WindowSet other, int start, int count)
    {
        if (other._observed is not null && _observed is null)
        {
            _observed = [];
            CollectionsMarshal.SetCount(_observed, _values.Count);
            CollectionsMarshal.AsSpan(_observed).Fill(1);
        }

        _values.AddRange(CollectionsMarshal.AsSpan(other._values).Slice(start * Dimensions.Size, count * Dimensions.Size));
        _ticks.AddRange(other.Ticks.Slice(start, count));
        _segments.AddRange(other.Segments.Slice(start, count));
        if (other._observed is not null)
            _observed!.AddRange(CollectionsMarshal.AsSpan(other._observed).Slice(start * Dimensions.Size, count * Dimensions.Size));
    }

    /// <summary>All values as a tensor (N, D).</summary>
    internal Tensor ToTensor(Device device) => Copy(_values, device);

    /// <summary>The mask as a tensor (N, D), null when nothing is missing.</summary>
    internal Tensor? ToMask(Device device) => _observed is null ? null : Copy(_observed, device);

    private Tensor Copy(List<float> values, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor tensor = empty(Count, Dimensions.Size, ScalarType.Float32);
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).CopyTo(tensor.bytes);
        return tensor.to(device).MoveToOuterDisposeScope();
    }
}
