using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Scaled windows in time order, with missing values filled and masked. Owns the memory they take; nothing is ever copied to grow.</summary>
public sealed class WindowSet : IDisposable
{
    private readonly Tensor _values; // (capacity, D)
    private readonly long[] _ticks;
    private readonly int[] _segments;
    private Tensor? _observed; // (capacity, D)

    /// <param name="dimensions">T and F.</param>
    /// <param name="capacity">The most windows that can be added; capacity × D values must fit into 2 GiB.</param>
    public WindowSet(WindowDimensions dimensions, int capacity)
    {
        Dimensions = dimensions;
        _values = empty(capacity, dimensions.Size, ScalarType.Float32).DetachFromDisposeScope();
        _ticks = new long[capacity];
        _segments = new int[capacity];
    }

    public WindowDimensions Dimensions { get; }

    public int Count { get; private set; }

    /// <summary>Values that are missing in all windows together.</summary>
    public long Missing { get; private set; }

    /// <summary>Event time of each window's newest row, UTC ticks.</summary>
    public ReadOnlySpan<long> Ticks => _ticks.AsSpan(0, Count);

    /// <summary>Number of the series each window belongs to.</summary>
    public ReadOnlySpan<int> Segments => _segments.AsSpan(0, Count);

    /// <summary>Values of window <paramref name="index"/>, T × F.</summary>
    public ReadOnlySpan<float> Window(int index) => Row(_values, index);

    internal Span<float> Writable(int index) => Row(_values, index);

    /// <summary>1 where the value was measured, 0 where it was filled; empty when nothing is missing.</summary>
    public ReadOnlySpan<float> Observed(int index) => _observed is null ? [] : Row(_observed, index);

    /// <summary>Whether <see cref="Observed"/> says anything.</summary>
    internal bool HasMask => _observed is not null;

    /// <summary>Adds a window.</summary>
    /// <param name="scaled">T × F scaled values, NaN where missing.</param>
    /// <param name="ticks">Event time of the newest row.</param>
    /// <param name="segment">Number of the series; windows of one series are added in time order.</param>
    public void Add(ReadOnlySpan<float> scaled, long ticks, int segment)
    {
        Span<float> values = Row(_values, Count);
        scaled.CopyTo(values);
        _ticks[Count] = ticks;
        _segments[Count] = segment;
        if (MissingValues.Any(scaled))
        {
            _observed ??= ones(_values.shape[0], Dimensions.Size, ScalarType.Float32).DetachFromDisposeScope();
            Missing += MissingValues.Fill(values, Row(_observed, Count), Dimensions);
        }

        Count++;
    }

    /// <summary>
    /// Makes rows at suspicious times missing, and removes windows whose newest row is one or of which less than half is left.
    /// </summary>
    /// <returns>How many windows were removed.</returns>
    internal int Blank(SuspiciousTimes suspicious)
    {
        int rows = Dimensions.Rows, features = Dimensions.Features, kept = 0;
        float[] window = new float[Dimensions.Size];
        bool[] blank = new bool[rows];
        int count = Count;
        (Count, Missing) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            (long ticks, int segment) = (_ticks[i], _segments[i]);
            for (int row = 0; row < rows; row++)
                blank[row] = suspicious.Holds(segment, ticks - (rows - 1 - row) * suspicious.RowTicks);
            if (blank[^1] || blank.Count(row => row) > rows / 2)
                continue;
            Row(_values, i).CopyTo(window);
            ReadOnlySpan<float> observed = Observed(i);
            for (int j = 0; j < window.Length; j++)
            {
                if (blank[j / features] || (!observed.IsEmpty && observed[j] == 0))
                    window[j] = float.NaN;
            }

            if (_observed is not null)
                Row(_observed, kept).Fill(1);
            kept++;
            Add(window, ticks, segment);
        }

        return count - kept;
    }

    /// <summary>All values as a tensor (N, D); on the CPU it shares the set's memory.</summary>
    internal Tensor ToTensor(Device device) => On(device, _values);

    /// <summary>The mask as a tensor (N, D), null when nothing is missing.</summary>
    internal Tensor? ToMask(Device device) => _observed is null ? null : On(device, _observed);

    private Tensor On(Device device, Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.narrow(0, 0, Count).to(device).MoveToOuterDisposeScope();
    }

    private Span<float> Row(Tensor values, int index) =>
        MemoryMarshal.Cast<byte, float>(values.bytes).Slice(index * Dimensions.Size, Dimensions.Size);

    public void Dispose()
    {
        _values.Dispose();
        _observed?.Dispose();
    }
}
