namespace Detector.Worker.Pipeline.History;

/// <summary>How much of their past the series may keep: a bound shared by all, so that a thousand series cost no more memory than one.</summary>
internal sealed class HistoryBudget(TimeSpan span)
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private const int MostPoints = 720, LeastPoints = 60;
    private long _used;

    /// <summary>A history for one series; null when the bound is reached, and once a series would have too few points to show anything.</summary>
    /// <param name="expectedSeries">Series that are to be expected at least.</param>
    public SeriesHistory? Create(int features, int expectedSeries)
    {
        long perPoint = SeriesHistory.BytesPerPoint(features);
        // Leaves room for as many series again.
        int points = (int)Math.Clamp(MaxBytes / 2 / Math.Max(1, expectedSeries) / perPoint, LeastPoints, MostPoints);
        if (Interlocked.Add(ref _used, points * perPoint) > MaxBytes)
        {
            Interlocked.Add(ref _used, -points * perPoint);
            return null;
        }

        return new SeriesHistory(features, points, span.Ticks / points);
    }
}
