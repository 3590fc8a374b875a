using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Training;

namespace Detector.Models.Descent;

/// <summary>Some windows, copied together for a step or a look. Grows never; used by one thread.</summary>
/// <param name="dimensions">T and F.</param>
/// <param name="rows">Most windows.</param>
internal sealed class DescentBatch(WindowDimensions dimensions, int rows)
{
    private readonly AlignedFloats _windows = new(rows * DescentLayer.StrideOf(dimensions.Size));
    private AlignedFloats? _observed;

    public WindowDimensions Dimensions => dimensions;

    /// <summary>Most windows it takes.</summary>
    public int Capacity => rows;

    /// <summary>B.</summary>
    public int Count { get; private set; }

    /// <summary>Whether something is masked.</summary>
    public bool Masked { get; private set; }

    /// <summary>Between two windows, and two masks.</summary>
    public int Stride => DescentLayer.StrideOf(dimensions.Size);

    /// <summary>(B, <see cref="Stride"/>), of each row the first D.</summary>
    public Span<float> Windows => _windows.Span;

    /// <summary>Values of one window, D.</summary>
    public Span<float> Window(int index) => Windows.Slice(index * Stride, dimensions.Size);

    /// <summary>1 where the value counts, 0 where not, D; empty when nothing is masked.</summary>
    public Span<float> Observed(int index) => Masked ? _observed!.Span.Slice(index * Stride, dimensions.Size) : [];

    /// <summary>Takes the windows of a set at some indices.</summary>
    public void Fill(WindowSet set, ReadOnlySpan<int> indices)
    {
        Begin(indices.Length, set.HasMask);
        for (int i = 0; i < indices.Length; i++)
            Copy(set, indices[i], i);
    }

    /// <summary>Takes windows of a set that follow each other.</summary>
    public void Fill(WindowSet set, int from, int count)
    {
        Begin(count, set.HasMask);
        for (int i = 0; i < count; i++)
            Copy(set, from + i, i);
    }

    /// <summary>Makes sure that there is a mask, which hides nothing more than before.</summary>
    public void Mask()
    {
        if (Masked)
            return;
        Begin(Count, masked: true);
        _observed!.Span.Fill(1);
    }

    private void Begin(int count, bool masked)
    {
        Count = count;
        Masked = masked;
        if (masked)
            _observed ??= new AlignedFloats(_windows.Length);
    }

    private void Copy(WindowSet set, int from, int to)
    {
        set.Window(from).CopyTo(Window(to));
        if (Masked)
            set.Observed(from).CopyTo(Observed(to));
    }
}
