namespace Detector.Models.Thresholds;

internal sealed partial class EpisodeModel
{
    private readonly List<double> _peaks;
    private readonly List<long> _peakClocks;
    private readonly List<long> _flaggedClocks;
    private PeakTail? _tail;
    private OpenCluster? _open;
    private long? _lastTicks;
    private long _clock; // observed ticks
    private long _windowStart;
    private long _fittedAt;
    private double _censored;

    private double ObservedDays => (double)(_clock - _windowStart) / TimeSpan.TicksPerDay;

    /// <summary>Clusters over the base level in a day of observation.</summary>
    public double ClustersPerDay => (_peaks.Count + _censored) / Math.Max(ObservedDays, 1.0 / 86_400);

    /// <summary>Learns from a row that was judged.</summary>
    /// <param name="score">Not NaN.</param>
    /// <param name="ticks">UTC ticks of the row.</param>
    /// <param name="threshold">The level it was judged by.</param>
    /// <param name="flagged">Whether the row was anomalous: then it adds neither time nor a peak, and neither does the rest of its cluster.</param>
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
            var peak = flagged ? Base : score;
            _open = _open is { } open
                ? new OpenCluster(open.StartTicks, Math.Max(open.LastTicks, ticks), Math.Max(open.Peak, peak), open.Flagged || flagged)
                : new OpenCluster(ticks, ticks, peak, flagged);
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
        if (cluster.Flagged)
        {
            _flaggedClocks.Add(_clock);
        }
        else
        {
            _peaks.Add(cluster.Peak);
            _peakClocks.Add(_clock);
        }

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

        _flaggedClocks.RemoveAll(clock => clock < _windowStart);
        if (_flaggedClocks.Count > _maxPeaks)
            _flaggedClocks.RemoveRange(0, _flaggedClocks.Count - _maxPeaks);
    }

    // What is never flagged never exceeds the threshold: fitted to that alone, the tail would shorten itself with every fit and the threshold sink
    // (to the base level, where fewer than about 7 clusters come to a stated alarm). So flagged clusters count as normal ones of unknown height,
    // never more than the stated rate grants; their heights are those the current tail, not bounded, has beyond the threshold (an EM step for
    // censored values). Simulated scores: 0.9 to 1.4 of the stated rate, 1.6 without this.
    private void FitTail(double threshold, double statedPerDay)
    {
        _fittedAt = _clock;
        var onlineDays = (double)(_clock - Math.Max(_windowStart, _calibrated.CalibrationEnd)) / TimeSpan.TicksPerDay;
        _censored = Math.Min(_flaggedClocks.Count, statedPerDay * onlineDays);
        if (_peaks.Count < Calibration.LeastClusters)
            return;

        var heights = _tail is null ? 0 : (int)Math.Round(_censored);
        var excesses = new double[_peaks.Count + heights];
        for (var i = 0; i < _peaks.Count; i++)
            excesses[i] = _peaks[i] - Base;
        if (_tail is { } tail)
        {
            var beyond = tail.Near with { Shape = Math.Max(0, tail.Near.Shape) };
            for (var i = 0; i < heights; i++)
                excesses[_peaks.Count + i] = threshold - Base + beyond.InverseSurvival((i + 0.5) / heights);
        }

        _tail = PeakTail.Fit(excesses, excesses.Length);
    }
}
