using Detector.Models.Autoencoders;

namespace Detector.Models.Scoring;

/// <summary>Reduces the residual of a window to the vector of F values of a view. Missing values do not count; a feature with none observed gives NaN.</summary>
internal static class ResidualViews
{
    /// <param name="view">Which vector.</param>
    /// <param name="window">x, T × F scaled values.</param>
    /// <param name="reconstruction">x̂, T × F.</param>
    /// <param name="observed">T × F mask of 0 and 1; empty when nothing is missing.</param>
    /// <param name="dimensions">T and F.</param>
    /// <param name="residual">F values, written.</param>
    public static void Compute(
        ResidualView view,
        ReadOnlySpan<float> window,
        ReadOnlySpan<float> reconstruction,
        ReadOnlySpan<float> observed,
        WindowDimensions dimensions,
        Span<float> residual)
    {
        int features = dimensions.Features;
        if (view == ResidualView.Row)
        {
            int newest = dimensions.Size - features;
            for (int f = 0; f < features; f++)
            {
                bool missing = !observed.IsEmpty && observed[newest + f] == 0;
                residual[f] = missing ? float.NaN : window[newest + f] - reconstruction[newest + f];
            }

            return;
        }

        Span<float> counts = stackalloc float[observed.IsEmpty ? 0 : features];
        residual[..features].Clear();
        counts.Clear();
        for (int row = 0; row < dimensions.Size; row += features)
        {
            for (int f = 0; f < features; f++)
            {
                float r = window[row + f] - reconstruction[row + f];
                if (view == ResidualView.Energy)
                    r *= r;
                residual[f] += observed.IsEmpty ? r : r * observed[row + f];
            }

            for (int f = 0; f < counts.Length; f++)
                counts[f] += observed[row + f];
        }

        for (int f = 0; f < features; f++)
        {
            float mean = residual[f] / (observed.IsEmpty ? dimensions.Rows : counts[f]); // 0 / 0 = NaN
            residual[f] = view == ResidualView.Energy ? MathF.Sqrt(mean) : mean;
        }
    }
}
