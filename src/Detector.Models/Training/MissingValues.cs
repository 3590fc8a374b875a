using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>
/// Missing values (NaN) of a window are filled so that a network can read it, and masked so that neither loss nor score counts them.
/// The fill lies on the line between the feature's observed values before and after; before the first it is the first, after the last the last, and
/// the centre (0) where there is none. A fill that stood still while its feature moves would disturb what a network makes of the other features.
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
            int last = -1; // where the feature was observed before
            for (int i = feature; i < window.Length; i += features)
            {
                bool missing = float.IsNaN(window[i]);
                observed[i] = missing ? 0 : 1;
                count += missing ? 1 : 0;
                if (missing)
                    continue;
                Bridge(window, last, i, features, feature);
                last = i;
            }

            Bridge(window, last, -1, features, feature);
        }

        return count;
    }

    /// <summary>Fills what lies between two observed values of a feature; -1 stands for none before or after.</summary>
    private static void Bridge(Span<float> window, int before, int after, int features, int feature)
    {
        int end = after < 0 ? window.Length : after;
        float first = before >= 0 ? window[before] : after >= 0 ? window[after] : 0;
        float step = before >= 0 && after >= 0 ? (window[after] - first) * features / (after - before) : 0;
        float value = first;
        for (int i = before >= 0 ? before + features : feature; i < end; i += features)
        {
            value += step;
            window[i] = value;
        }
    }
}
