using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>
/// Missing values (NaN) of a window are filled so that a network can read it, and masked so that neither loss nor score counts them.
/// The fill is the feature's last observed value in the window, before its first one the first, and the centre (0) where it has none.
/// </summary>
public static class MissingValues
{
    public static bool Any(ReadOnlySpan<float> values)
    {
        // NaN is the only value whose sum with anything is NaN; scaled values are bounded, so the sum cannot overflow.
        return float.IsNaN(System.Numerics.Tensors.TensorPrimitives.Sum(values));
    }

    /// <summary>Fills the window in place and writes its mask.</summary>
    /// <param name="window">T × F, NaN where missing.</param>
    /// <param name="observed">T × F, becomes 1 where measured and 0 where filled.</param>
    /// <param name="dimensions">T and F.</param>
    /// <returns>How many values are missing.</returns>
    public static int Fill(Span<float> window, Span<float> observed, WindowDimensions dimensions)
    {
        int features = dimensions.Features;
        int count = 0;
        for (int feature = 0; feature < features; feature++)
        {
            float last = 0;
            for (int i = feature; i < window.Length; i += features)
            {
                if (!float.IsNaN(window[i]))
                {
                    last = window[i];
                    break;
                }
            }

            for (int i = feature; i < window.Length; i += features)
            {
                bool missing = float.IsNaN(window[i]);
                observed[i] = missing ? 0 : 1;
                if (missing)
                {
                    window[i] = last;
                    count++;
                }
                else
                {
                    last = window[i];
                }
            }
        }

        return count;
    }
}
