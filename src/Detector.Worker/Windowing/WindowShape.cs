namespace Detector.Worker.Windowing;

/// <summary>The grid and window of one series, with every default worked out.</summary>
/// <param name="Rows">Rows of a window, at least 2.</param>
/// <param name="PeriodTicks">Time between two rows.</param>
/// <param name="MaxGapTicks">A longer silence empties the window; at least one period.</param>
/// <param name="MinObserved">Share of the values that must be there for a window to be scored.</param>
/// <param name="Resampling">What becomes of several samples in one row.</param>
internal readonly record struct WindowShape(
    int Rows, long PeriodTicks, long MaxGapTicks, double MinObserved, Resampling Resampling = Resampling.Last)
{
    private const int DefaultRows = 32;

    /// <summary>Whether windows begin anew behind two samples that are so far apart.</summary>
    public bool IsHole(long ticksApart) => (ticksApart + (PeriodTicks / 2)) / PeriodTicks > MaxGapTicks / PeriodTicks;

    /// <summary>The shape that the options ask for.</summary>
    /// <param name="measuredPeriodTicks">Sampling period that holds where the options name none; see <see cref="SamplingPeriod"/>.</param>
    public static WindowShape From(WindowOptions options, long measuredPeriodTicks)
    {
        long period = options.Period?.Ticks ?? measuredPeriodTicks;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period, nameof(measuredPeriodTicks));
        long length = options.Length?.Ticks ?? checked(period * DefaultRows);
        int rows = (int)Math.Clamp((length + (period / 2)) / period, 2, int.MaxValue);
        long maxGap = options.MaxGap?.Ticks ?? length / 2;
        Resampling resampling = options.Resample == WindowOptions.Mean ? Resampling.Mean : Resampling.Last;
        return new WindowShape(rows, period, Math.Max(maxGap, period), options.MinObserved, resampling);
    }
}
