namespace Detector.Worker.Windowing;

/// <summary>The regular grid that samples of a series are laid on, and the window that is scored.</summary>
public sealed class WindowOptions
{
    internal const string Last = "last", Mean = "mean";

    /// <summary>Time that a window covers. Null: 32 periods.</summary>
    public TimeSpan? Length { get; set; }

    /// <summary>Time between two rows of the grid. Null: measured in the warm-up, the median time between samples.</summary>
    public TimeSpan? Period { get; set; }

    /// <summary>
    /// What stands in a row when several samples fall into one period: <c>last</c>, each feature's last value, which a fault reaches at once; or
    /// <c>mean</c>, the mean of its values so far, which is quieter where a sensor is read far more often than it is watched.
    /// </summary>
    public string Resample { get; set; } = Last;

    /// <summary>How long a sample is held back so that earlier ones may overtake it, in event time. Zero scores a sample at once and drops what comes later out of order.</summary>
    public TimeSpan AllowedLateness { get; set; } = TimeSpan.Zero;

    /// <summary>A longer silence empties the window, which then fills anew. Null: half of <see cref="Length"/>.</summary>
    public TimeSpan? MaxGap { get; set; }

    /// <summary>A window with a smaller share of its values observed is not scored.</summary>
    public double MinObserved { get; set; } = 0.5;
}
