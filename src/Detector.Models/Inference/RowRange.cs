namespace Detector.Models.Inference;

/// <summary>Rows of a layer that the next one reads, as they lie in a buffer: with rows of zeros where a filter reaches beyond the window.</summary>
/// <param name="First">The first row, which is negative where it lies before the window.</param>
/// <param name="Last">The last row.</param>
/// <param name="Rows">Rows of the layer.</param>
/// <param name="Width">Values of a row.</param>
internal readonly record struct RowRange(int First, int Last, int Rows, int Width)
{
    /// <summary>The first row that the layer has.</summary>
    public int FirstInside => Math.Clamp(First, 0, Rows - 1);

    /// <summary>The last row that the layer has.</summary>
    public int LastInside => Math.Clamp(Last, 0, Rows - 1);

    public int RowsInside => LastInside - FirstInside + 1;

    /// <summary>Values of the buffer. A filter that reaches none of the layer's rows is still given one.</summary>
    public int Length => (Math.Max(Last, LastInside) - Begin + 1) * Width;

    private int Begin => Math.Min(First, FirstInside);

    /// <summary>The buffer from a row on.</summary>
    public Span<float> From(Span<float> buffer, int row) => buffer[((row - Begin) * Width)..];

    /// <summary>The rows that the layer has.</summary>
    public Span<float> Inside(Span<float> buffer) => From(buffer, FirstInside)[..(RowsInside * Width)];

    public Span<float> Cleared(AlignedFloats buffer)
    {
        Span<float> values = buffer.Span[..Length];
        values.Clear();
        return values;
    }
}
