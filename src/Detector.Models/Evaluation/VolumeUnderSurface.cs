namespace Detector.Models.Evaluation;

/// <summary>
/// Volumes under the surfaces of range-ROC and range-PR over all widths of a buffer around the events: rankings that forgive a detection that
/// comes a little early or late (Paparrizos et al., "Volume Under the Surface", PVLDB 15, 2022). For each width w of 0…L each event is given ramps
/// of w/2 rows on either side, where the row at distance d counts √(1 − d/w), at most 1 in sum. At each of 250 thresholds, spread evenly over the
/// ranked rows, TP is the sum of what the rows called anomalous count; positives are the event rows plus half of what the ramps contribute to TP;
/// recall is TP ÷ positives times the share of buffered events in which any row is called anomalous (existence); events whose buffers meet are one.
/// NaN where it is not defined: nothing is anomalous, or, for ROC, nothing is normal.
/// </summary>
/// <param name="Roc">VUS-ROC: mean over the widths of the trapezoid area under recall over false positives.</param>
/// <param name="Pr">VUS-PR: mean over the widths of Σ (recall gained) × precision.</param>
public readonly record struct VolumeUnderSurface(double Roc, double Pr)
{
    /// <summary>Thresholds at which the curves are taken, as the authors do.</summary>
    public const int Levels = 250;

    /// <param name="rows">Consecutive rows of one series.</param>
    /// <param name="bufferWidth">L, the widest buffer in rows, of which each side of an event gets half; at least 0.</param>
    public static VolumeUnderSurface Of(LabelledScores rows, int bufferWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferWidth);
        if (rows.Anomalous == 0)
            return new VolumeUnderSurface(double.NaN, double.NaN);

        double[] thresholds = Thresholds(rows.SortedScores);
        int[] levels = LevelsOf(rows.Scores, thresholds);
        var buffers = new BufferedEvents(rows.Events, levels, Levels, bufferWidth / 2);
        double[] called = new double[Levels];
        foreach (int level in levels)
            called[level]++;
        Accumulate(called);

        double roc = 0, pr = 0;
        var surface = new RangeCurve(rows.Count, rows.Anomalous, called);
        for (int width = 0; width <= bufferWidth; width++)
        {
            buffers.Widen(width);
            (double area, double precision) = surface.Areas(buffers);
            roc += area;
            pr += precision;
        }

        bool allAnomalous = rows.Anomalous == rows.Count;
        return new VolumeUnderSurface(allAnomalous ? double.NaN : roc / (bufferWidth + 1), pr / (bufferWidth + 1));
    }

    internal static void Accumulate(Span<double> values)
    {
        for (int i = 1; i < values.Length; i++)
            values[i] += values[i - 1];
    }

    /// <summary>Scores at ranks spread evenly from the highest to the lowest.</summary>
    private static double[] Thresholds(double[] descending)
    {
        double[] thresholds = new double[Levels];
        double step = (descending.Length - 1) / (Levels - 1.0);
        for (int k = 0; k < Levels - 1; k++)
            thresholds[k] = descending[(int)(k * step)];
        thresholds[^1] = descending[^1];
        return thresholds;
    }

    /// <summary>The first (highest) threshold that each row reaches.</summary>
    private static int[] LevelsOf(ReadOnlySpan<double> scores, double[] thresholds)
    {
        int[] levels = new int[scores.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            int low = 0, high = Levels - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = scores[i] >= thresholds[middle] ? (low, middle) : (middle + 1, high);
            }

            levels[i] = low;
        }

        return levels;
    }
}
