using Detector.Models.Autoencoders;

namespace Detector.Models.Descent;

/// <summary>Hides the rows of a batch that a network reconstructs worst, so that the loss leaves them out (Rousseeuw 1984; Shen and Sanghavi 2019).</summary>
/// <param name="dimensions">T and F.</param>
/// <param name="windows">Most windows in a batch.</param>
/// <param name="share">Share of the rows that is hidden.</param>
internal sealed class TrimmedRows(WindowDimensions dimensions, int windows, double share)
{
    private readonly float[] _errors = new float[windows * dimensions.Rows], _sorted = new float[windows * dimensions.Rows];

    public void Hide(DescentBatch batch, DescentNetwork network)
    {
        network.Reconstruct(batch);
        batch.Mask();
        int rows = dimensions.Rows, count = batch.Count * rows, trimmed = (int)(share * count);
        if (trimmed == 0)
            return;
        for (int row = 0; row < count; row++)
            _errors[row] = Error(batch, network, row / rows, row % rows);
        _errors.AsSpan(0, count).CopyTo(_sorted);
        Array.Sort(_sorted, 0, count);
        float limit = _sorted[count - trimmed];
        for (int row = 0; row < count; row++)
        {
            if (!(_errors[row] < limit))
                Row(batch.Observed(row / rows), row % rows).Clear();
        }
    }

    private float Error(DescentBatch batch, DescentNetwork network, int window, int row)
    {
        ReadOnlySpan<float> values = Row(batch.Window(window), row), observed = Row(batch.Observed(window), row);
        ReadOnlySpan<float> reconstruction = network.Reconstruction(window).Slice(row * dimensions.Features, dimensions.Features);
        float sum = 0;
        for (int f = 0; f < values.Length; f++)
            sum += (reconstruction[f] - values[f]) * (reconstruction[f] - values[f]) * observed[f];
        return sum;
    }

    private Span<float> Row(Span<float> window, int row) => window.Slice(row * dimensions.Features, dimensions.Features);
}
