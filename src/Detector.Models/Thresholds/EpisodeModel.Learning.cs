using System.Buffers;
using System.Runtime.InteropServices;

namespace Detector.Models.Thresholds;

internal sealed partial class EpisodeModel
{
    private readonly List<double> _peaks;
    private readonly List<long> _peakClocks;
    private readonly List<double> _flaggedPeaks;
    private readonly List<long> _flaggedClocks;
    private PeakTail? _tail;
    private OpenCluster? _open;
    private long? _lastTicks;
    private long _clock; // observed ticks
    private long _windowStart;
    private long _fittedAt;
    private double _normal; // clusters

    private double ObservedDays => (double)(_clock - _windowStart) / TimeSpan.TicksPerDay;

    /// <summary>Clusters over the base level in a day of observation.</summary>
    public double ClustersPerDay => _normal / Math.Max(ObservedDays, 1.0 / 86_400);

    /// <summary>Learns from a row that was judged.</summary>
    /// <param name="score">Not NaN.</param>
    /// <param name="ticks">UTC ticks of the row.</param>
    /// <param name="threshold">The level it was judged by.</param>
    /// <param name="flagged">Whether the row was anomalous: then it adds no time, and its cluster counts as normal only if it is hardly higher than others.</param>
    /// <param name="statedPerDay">Rate at which normal episodes are flagged when all is as stated.</param>
    /// <returns>Whether the tail was fitted anew.</returns>
    public bool Observe(double score, long ticks, bool flagged, double threshold, double statedPerDay)
    {
        var closed = false;
        if (_open is { } cluster && (ticks - cluster.LastTicks > _calibrated.GapTicks || ticks - cluster.StartTicks > Clusters.MaxGaps * _calibrated.GapTicks))
        {
            Close(cluster);
            closed = true;
        }

        var step = _lastTicks is { } last ? ticks - last : 0;
        if (!flagged && step > 0 && step <= _calibrated.GapTicks)
            _clock += step;
        _lastTicks = Math.Max(ticks, _lastTicks ?? ticks);
        if (score > Base)
        {
            _open = _open is { } open
                ? new OpenCluster(open.StartTicks, Math.Max(open.LastTicks, ticks), Math.Max(open.Peak, score), open.Flagged || flagged)
                : new OpenCluster(ticks, ticks, score, flagged);
        }

        // Quiet time says as much as a cluster does: take it in at least daily.
        if (!closed && _clock - _fittedAt < TimeSpan.TicksPerDay)
            return false;
        FitTail(threshold, statedPerDay);
        return true;
    }

    private void Close(OpenCluster cluster)
    {
        _open = null;
        (cluster.Flagged ? _flaggedPeaks : _peaks).Add(cluster.Peak);
        (cluster.Flagged ? _flaggedClocks : _peakClocks).Add(_clock);

        Forget();
    }

    // Keeps the latest peaks, and of observed time and flagged clusters what belongs to them.
    private void Forget()
    {
        var surplus = _peaks.Count - _maxPeaks;
        if (surplus > 0)
        {
            _windowStart = _peakClocks[surplus - 1];
            _peaks.RemoveRange(0, surplus);
            _peakClocks.RemoveRange(0, surplus);
        }

        var past = Math.Max(0, _flaggedClocks.Count - _maxPeaks);
        while (past < _flaggedClocks.Count && _flaggedClocks[past] < _windowStart)
            past++;
        _flaggedPeaks.RemoveRange(0, past);
        _flaggedClocks.RemoveRange(0, past);
    }

    // What is never flagged never exceeds the threshold: fitted to that alone, the tail would shorten itself with every fit and the threshold sink
    // (to the base level, where fewer than about 7 clusters come to a stated alarm), and one that begins too low would flag for ever. So flagged
    // clusters no higher than so many normal ones may be (at 95 %) are learned from like these. Of the others the stated rate is taken to be normal,
    // of unknown height: what the current tail, not bounded, has beyond the threshold (an EM step for censored values). And what was too high to be
    // normal is none for being missed, or each missed fault would help the next to be missed.
    private void FitTail(double threshold, double statedPerDay)
    {
        _fittedAt = _clock;
        if (_peaks.Count == 0)
            return;
        double[] scratch = ArrayPool<double>.Shared.Rent(_peaks.Count + _flaggedPeaks.Count);
        var known = Known(scratch, out var flagged);
        var onlineDays = (double)(_clock - Math.Max(_windowStart, _calibrated.CalibrationEnd)) / TimeSpan.TicksPerDay;
        var censored = Math.Clamp(statedPerDay * onlineDays - flagged, 0, _flaggedPeaks.Count - flagged);
        _normal = known + censored;
        if (known >= Calibration.LeastClusters)
        {
            var unknown = _tail is { } tail ? Unknown(tail, threshold, (int)Math.Round(censored), scratch.AsSpan(known)) : 0;
            Span<double> excesses = scratch.AsSpan(0, known + unknown);
            excesses.Sort();
            _tail = PeakTail.FitSorted(excesses, excesses.Length, _calibrated.Sparse.Mean);
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Writes the excesses of the clusters that are learned from.</summary>
    /// <param name="flagged">How many of them were flagged.</param>
    /// <returns>How many there are.</returns>
    private int Known(Span<double> excesses, out int flagged)
    {
        Span<double> peaks = excesses[.._peaks.Count];
        CollectionsMarshal.AsSpan(_peaks).CopyTo(peaks);
        peaks.Sort();
        double normalUpTo = Clusters.PlausibleUpTo(peaks, Base), flaggedUpTo = Clusters.Reach(peaks, Base, (_peaks.Count + _flaggedPeaks.Count) / 0.05);
        var count = 0;
        while (count < peaks.Length && peaks[count] <= normalUpTo)
            peaks[count++] -= Base;
        flagged = 0;
        foreach (var peak in _flaggedPeaks)
        {
            if (peak > flaggedUpTo)
                continue;
            excesses[count++] = peak - Base;
            flagged++;
        }

        return count;
    }

    /// <summary>Writes the excesses that so many clusters beyond the threshold would have by a tail.</summary>
    private int Unknown(PeakTail tail, double threshold, int heights, Span<double> excesses)
    {
        var beyond = tail.Near with { Shape = Math.Max(0, tail.Near.Shape) };
        for (var i = 0; i < heights; i++)
            excesses[i] = threshold - Base + beyond.InverseSurvival((i + 0.5) / heights);
        return heights;
    }
}
