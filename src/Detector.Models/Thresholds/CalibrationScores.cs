using System.Globalization;
using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Checked calibration scores with their observed time: gaps longer than the cluster gap and changes of segment do not count.</summary>
internal sealed class CalibrationScores
{
    public CalibrationScores(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments, TimeSpan clusterGap)
    {
        Check(scores, ticks, segments);
        Scores = scores.ToArray();
        Ticks = ticks.ToArray();
        Sorted = Quantiles.Sorted(scores);
        Starts = new bool[Count];
        Clock = new long[Count];

        var steps = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            Starts[i] = i == 0 || (!segments.IsEmpty && segments[i] != segments[i - 1]);
            if (!Starts[i] && ticks[i] > ticks[i - 1])
                steps.Add(ticks[i] - ticks[i - 1]);
        }

        // Rows rarer than the cluster gap would leave no observed time at all.
        Period = steps.Count == 0 ? clusterGap.Ticks : (long)Quantiles.Median(steps.ToArray());
        Gap = Math.Max(clusterGap.Ticks, 2 * Period);
        for (var i = 1; i < Count; i++)
        {
            var step = ticks[i] - ticks[i - 1];
            Clock[i] = Clock[i - 1] + (!Starts[i] && step <= Gap ? step : 0);
        }

        AutocorrelationTime = IntegratedTime();
    }

    public double[] Scores { get; }

    public long[] Ticks { get; }

    public double[] Sorted { get; }

    /// <summary>Whether a row begins a segment.</summary>
    public bool[] Starts { get; }

    /// <summary>Observed ticks up to each row.</summary>
    public long[] Clock { get; }

    /// <summary>Median distance of rows in ticks.</summary>
    public long Period { get; }

    /// <summary>Gap in ticks that tells clusters apart and that no observed time spans.</summary>
    public long Gap { get; }

    /// <summary>Integrated autocorrelation time in rows, the mean over segments.</summary>
    public double AutocorrelationTime { get; }

    public int Count => Scores.Length;

    public double RowsPerDay => (double)TimeSpan.TicksPerDay / Math.Max(1, Period);

    private double IntegratedTime()
    {
        double sum = 0;
        for (int start = 0, end; start < Count; start = end)
        {
            end = start + 1;
            while (end < Count && !Starts[end])
                end++;
            sum += (end - start) * Autocorrelation.IntegratedTime(Scores.AsSpan(start..end));
        }

        return sum / Count;
    }

    private static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments)
    {
        if (scores.IsEmpty)
            throw new ArgumentException("A threshold needs calibration scores; none were given.", nameof(scores));
        if (ticks.Length != scores.Length || (!segments.IsEmpty && segments.Length != scores.Length))
            throw new ArgumentException(
                $"Calibration needs one time and, if any, one segment per score; got {scores.Length} scores, {ticks.Length} times and {segments.Length} segments.",
                nameof(ticks));
        for (var i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Calibration score {i} of {scores.Length} is {scores[i]}; leave out rows that could not be scored."),
                    nameof(scores));
            if (i > 0 && ticks[i] < ticks[i - 1] && (segments.IsEmpty || segments[i] == segments[i - 1]))
                throw new ArgumentException($"Calibration time {i} lies before the one in front of it; sort rows by time within a segment.", nameof(ticks));
        }
    }
}
