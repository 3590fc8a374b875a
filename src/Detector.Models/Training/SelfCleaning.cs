using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Finds the samples of a training range that are unlike the rest: a network is trained with a trimmed loss, and what it reconstructs far worse than
/// most of the range is taken out. At most the stated share is, and of a clean range next to nothing.
/// </summary>
internal static class SelfCleaning
{
    /// <summary>How many times the distance of the upper quartile an error lies above the median when it is unlike the rest: 4.5 standard deviations of a Gaussian residual.</summary>
    private const double Reach = 8;

    private const double LeastScale = 0.05; // as the noise floor of scoring, in scaled units
    private const int MaxScaled = 20_000, MaxRanges = 100;

    /// <summary>Takes what is unlike the rest out of the windows.</summary>
    /// <param name="judge">A network trained with a trimmed loss.</param>
    /// <param name="windows">Changed in place.</param>
    /// <param name="contamination">Share of the time that may be anomalous.</param>
    public static CleaningReport Clean(Autoencoder judge, TrainingWindows windows, double contamination, Device device)
    {
        var rows = new RowResiduals(judge.Dimensions.Features, windows.RowTicks);
        rows.Add(judge, windows.Training, device);
        rows.Add(judge, windows.Validation, device);
        double[] scales = [.. Enumerable.Range(0, judge.Dimensions.Features).Select(f => Scale(rows, f))];
        double[] errors = [.. Enumerable.Range(0, rows.Count).Select(row => Error(rows[row], scales))];
        double[] sorted = Quantiles.Sorted(errors);
        double median = Quantiles.OfSorted(sorted, 0.5), quartile = Quantiles.OfSorted(sorted, 0.75);
        double limit = Math.Max(median + Reach * (quartile - median), Quantiles.OfSorted(sorted, 1 - contamination));

        var suspicious = new SuspiciousTimes(windows.RowTicks);
        int found = 0;
        foreach (int row in Enumerable.Range(0, rows.Count).Where(row => errors[row] > limit).OrderBy(rows.TimeOf))
        {
            found++;
            suspicious.Add(rows.SegmentOf(row), rows.TimeOf(row));
        }

        IReadOnlyList<ExcludedRange> ranges = suspicious.Ranges();
        int removed = found == 0 ? 0 : windows.Training.Blank(suspicious) + windows.Validation.Blank(suspicious);
        return new CleaningReport(
            judge.Name, contamination, (double)found / errors.Length, removed,
            ranges.Count <= MaxRanges ? ranges : [.. ranges.OrderByDescending(range => range.Samples).Take(MaxRanges).OrderBy(range => range.From)]);
    }

    /// <summary>Root mean square of a row's residuals, each in units of its feature's own spread.</summary>
    private static double Error(ReadOnlySpan<double> residual, double[] scales)
    {
        double sum = 0;
        int count = 0;
        for (int f = 0; f < residual.Length; f++)
        {
            if (double.IsNaN(residual[f]))
                continue;
            double q = residual[f] / scales[f];
            sum += Math.Min(q * q, ScoreView.Cap);
            count++;
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }

    private static double Scale(RowResiduals rows, int feature)
    {
        int step = 1 + rows.Count / MaxScaled;
        double[] values = [.. Enumerable.Range(0, rows.Count).Where(row => row % step == 0).Select(row => rows[row][feature]).Where(value => !double.IsNaN(value))];
        return values.Length == 0 ? 1 : Math.Max(LeastScale, Quantiles.MadToSigma * Quantiles.MedianAbsoluteDeviation(values));
    }
}
