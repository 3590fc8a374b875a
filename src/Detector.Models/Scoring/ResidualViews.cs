using System.Runtime.Intrinsics;
using Detector.Models.Autoencoders;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>Reduces the residual of a window to the vector of F values of a view. Missing values do not count; a feature with none observed gives NaN.</summary>
internal static class ResidualViews
{
    /// <param name="view">Which vector.</param>
    /// <param name="window">x, T × F scaled values.</param>
    /// <param name="reconstruction">x̂, T × F, or only the last row where that is the view.</param>
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
        ReadOnlySpan<float> expected = reconstruction[^dimensions.Features..];
        if (observed.IsEmpty)
        {
            Lanes.Subtract(window[newest..], expected, residual);
            return;
        }

        for (int f = 0; f < dimensions.Features; f++)
        {
            residual[f] = observed[newest + f] == 0 ? float.NaN : window[newest + f] - expected[f];
        }
    }

    private static void Means(
        bool squared, ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, WindowDimensions dimensions, Span<float> residual)
    {
        int features = dimensions.Features, f = 0;
        for (; f + Lanes.Count <= features; f += Lanes.Count)
        {
            Vector256<float> mean = SumOfEight(squared, window[f..], reconstruction[f..], features) / dimensions.Rows;
            (squared ? Vector256.Sqrt(mean) : mean).StoreUnsafe(ref residual[f]);
        }

        for (; f < features; f++)
        {
            float even = 0, odd = 0;
            for (int i = f, row = 0; i < dimensions.Size; i += features, row++)
            {
                float r = window[i] - reconstruction[i];
                (row % 2 == 0 ? ref even : ref odd) += squared ? r * r : r;
            }

            float mean = (even + odd) / dimensions.Rows;
            residual[f] = squared ? MathF.Sqrt(mean) : mean;
        }
    }

    /// <summary>Of the first eight features, over all rows; even and odd rows apart, so that one sum need not wait for the other, as all sums here.</summary>
    private static Vector256<float> SumOfEight(bool squared, ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, int features)
    {
        Vector256<float> even = Vector256<float>.Zero, odd = even;
        int i = 0;
        for (; i + features + Lanes.Count <= window.Length; i += 2 * features)
        {
            Vector256<float> first = Lanes.Eight(window, i) - Lanes.Eight(reconstruction, i);
            Vector256<float> second = Lanes.Eight(window, i + features) - Lanes.Eight(reconstruction, i + features);
            even += squared ? first * first : first;
            odd += squared ? second * second : second;
        }

        if (i + Lanes.Count <= window.Length)
        {
            Vector256<float> last = Lanes.Eight(window, i) - Lanes.Eight(reconstruction, i);
            even += squared ? last * last : last;
        }

        return even + odd;
    }

    private static void MaskedMeans(
        bool squared, ReadOnlySpan<float> window, ReadOnlySpan<float> reconstruction, ReadOnlySpan<float> observed,
        WindowDimensions dimensions, Span<float> residual)
    {
        int features = dimensions.Features;
        for (int f = 0; f < features; f++)
        {
            float even = 0, odd = 0, count = 0;
            for (int i = f, row = 0; i < dimensions.Size; i += features, row++)
            {
                float r = (window[i] - reconstruction[i]) * observed[i];
                (row % 2 == 0 ? ref even : ref odd) += squared ? r * r : r;
                count += observed[i];
            }

            float mean = (even + odd) / count; // 0 / 0 = NaN
            residual[f] = squared ? MathF.Sqrt(mean) : mean;
        }
    }
}
