using System.Numerics;
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
        if (view == ResidualView.Row)
            Newest(window, reconstruction, observed, dimensions, residual);
        else if (observed.IsEmpty)
            Means(view == ResidualView.Energy, window, reconstruction, dimensions, residual);
        else
            MaskedMeans(view == ResidualView.Energy, window, reconstruction, observed, dimensions, residual);
    }

    private static void Newest(
        ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, ReadOnlySpan<float> observed, WindowDimensions dimensions,
        Span<float> residual)
    {
        int newest = dimensions.Size - dimensions.Features;
        for (int f = 0; f < dimensions.Features; f++)
        {
            bool missing = !observed.IsEmpty && observed[newest + f] == 0;
            residual[f] = missing ? float.NaN : window[newest + f] - reconstruction[newest + f];
        }
    }

    private static void Means(
        bool squared, ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, WindowDimensions dimensions, Span<float> residual)
    {
        int features = dimensions.Features, f = 0;
        for (; f + Vector<float>.Count <= features; f += Vector<float>.Count)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int i = f; i < dimensions.Size; i += features)
            {
                Vector<float> r = new Vector<float>(window[i..]) - new Vector<float>(reconstruction[i..]);
                sum += squared ? r * r : r;
            }

            sum /= dimensions.Rows;
            (squared ? Vector.SquareRoot(sum) : sum).CopyTo(residual[f..]);
        }

        for (; f < features; f++)
        {
            float sum = 0;
            for (int i = f; i < dimensions.Size; i += features)
            {
                float r = window[i] - reconstruction[i];
                sum += squared ? r * r : r;
            }

            sum /= dimensions.Rows;
            residual[f] = squared ? MathF.Sqrt(sum) : sum;
        }
    }

    private static void MaskedMeans(
        bool squared, ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, ReadOnlySpan<float> observed,
        WindowDimensions dimensions, Span<float> residual)
    {
        int features = dimensions.Features;
        for (int f = 0; f < features; f++)
        {
            float sum = 0, count = 0;
            for (int i = f; i < dimensions.Size; i += features)
            {
                float r = (window[i] - reconstruction[i]) * observed[i];
                sum += squared ? r * r : r;
                count += observed[i];
            }

            sum /= count; // 0 / 0 = NaN
            residual[f] = squared ? MathF.Sqrt(sum) : sum;
        }
    }
}
