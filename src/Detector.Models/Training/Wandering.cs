using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>
/// Finds the features of a training range whose level wanders by itself. Three things must come together, since the level of most features is what they
/// have to tell: a baseline foresees the next row clearly better than the mean does; hardly another feature moves along, as all do with the load of a
/// server or the hour of the day; and the range is too short to tell how far it goes: a network that learned from the earlier part fits the later part badly.
/// </summary>
internal static class Wandering
{
    /// <summary>Gain of the baseline by <see cref="LevelFit"/> from which a feature may wander.</summary>
    private const float LeastGain = 0.1f;

    /// <summary>Parts of the range whose means are compared, their correlation from which two features move together, and how many may move along.</summary>
    private const int Parts = 32, MostCompanions = 1;

    private const double Together = 0.5;

    /// <summary>Median error of held-out rows, in those of training, from which a range is too short. From 1.3 to 1.6 it makes no difference on public sets.</summary>
    private const double Rise = 1.4;

    /// <summary>Squares of residuals count up to this.</summary>
    private const double Cap = 100;

    /// <param name="windows">Scaled.</param>
    /// <param name="probe">Trains a network on them; called only where features may wander.</param>
    /// <returns>Null where no feature wanders.</returns>
    public static Detrending? Find(TrainingWindows windows, Func<Autoencoder> probe, ComputeDevice device)
    {
        int features = windows.Training.Dimensions.Features;
        if (features == 1 || windows.Validation.Count == 0)
            return null;
        RowSequence rows = RowSequence.Of(windows);
        LevelFit fit = LevelFit.Of(rows.Values, rows.Segments, features, rows.Holes);
        int[] columns = [.. Enumerable.Range(0, features).Where(f => fit.Gain[f] >= LeastGain)];
        if (columns.Length == 0)
            return null;
        float[][] means = [.. Enumerable.Range(0, features).Select(f => Means(rows.Values, features, f))];
        columns = [.. columns.Where(f => means.Where((other, g) => g != f && Math.Abs(Correlation(means[f], other)) > Together).Count() <= MostCompanions)];
        if (columns.Length == 0)
            return null;
        using Autoencoder network = probe();
        return RiseOf(network, windows, device) >= Rise ? new Detrending(fit, columns) : null;
    }

    /// <summary>Takes the levels out of all windows of a training range.</summary>
    public static void TakeOut(Detrending detrending, TrainingWindows windows)
    {
        int rows = windows.Training.Dimensions.Rows;
        long rowTicks = windows.RowTicks;
        float[] levels = new float[windows.Training.Dimensions.Features];
        var series = new Dictionary<int, (double[] Slots, long Newest)>();
        foreach (WindowSet set in (WindowSet[])[windows.Training, windows.Validation])
        {
            for (int i = 0; i < set.Count; i++)
            {
                (double[] slots, long newest) = series.GetValueOrDefault(set.Segments[i], (new double[detrending.Slots], long.MinValue / 2));
                double since = Math.Round((set.Ticks[i] - (double)newest) / rowTicks);
                detrending.TakeOut(set.Writable(i), set.Observed(i), (int)Math.Clamp(since, 1, rows), slots, levels);
                series[set.Segments[i]] = (slots, set.Ticks[i]);
            }
        }
    }

    private static double RiseOf(Autoencoder network, TrainingWindows windows, ComputeDevice device)
    {
        float[] residuals = ViewFitting.Residuals(network, [ResidualView.Row], windows, new ScoringTarget(device))[0];
        int features = windows.Training.Dimensions.Features;
        double[] errors = new double[residuals.Length / features];
        for (int i = 0; i < residuals.Length; i++)
            errors[i / features] += float.IsNaN(residuals[i]) ? 0 : Math.Min((double)residuals[i] * residuals[i], Cap);
        double seen = Quantiles.Median(errors.AsSpan(0, windows.Training.Count)), held = Quantiles.Median(errors.AsSpan(windows.Training.Count));
        return held / Math.Max(seen, 1e-9);
    }

    private static float[] Means(float[] rows, int features, int feature)
    {
        int count = rows.Length / features;
        float[] sums = new float[Parts], counts = new float[Parts];
        for (int i = 0; i < count; i++)
        {
            float value = rows[i * features + feature];
            if (float.IsNaN(value))
                continue;
            int part = (int)((long)i * Parts / count);
            sums[part] += value;
            counts[part]++;
        }

        return [.. sums.Zip(counts, (sum, of) => sum / Math.Max(1, of))];
    }

    private static double Correlation(float[] left, float[] right)
    {
        double leftMean = left.Average(), rightMean = right.Average(), product = 0, leftSquare = 0, rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            product += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquare += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquare += (right[i] - rightMean) * (right[i] - rightMean);
        }

        return product / Math.Sqrt(Math.Max(leftSquare * rightSquare, 1e-18));
    }
}
