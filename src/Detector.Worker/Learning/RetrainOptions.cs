namespace Detector.Worker.Learning;

/// <summary>When a series' model is learned anew, from what, and within which budget. Times are event times but for the budget.</summary>
public sealed class RetrainOptions
{
    /// <summary>Time between two retrainings, give or take a jitter; not given: the model stays as it is.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>Whether drift has a model learned anew before its time.</summary>
    public bool OnDrift { get; set; } = true;

    /// <summary>How often drift is looked at. An hour is short beside the days in which normal changes.</summary>
    public TimeSpan Review { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Time from a review to the place where a promoted model takes over. Training, which takes seconds, is over by then; a stream that is read faster than
    /// that waits for it, so that the place is the same however fast it is read.
    /// </summary>
    public TimeSpan Handover { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Normal samples that are kept of a series to learn from. 4,096 of 8 features take 256 KiB of its saved state.</summary>
    public int PoolRows { get; set; } = 4096;

    /// <summary>Time constant with which kept samples give way to newer ones. Three weeks hold every day of the week a few times.</summary>
    public TimeSpan PoolMemory { get; set; } = TimeSpan.FromDays(21);

    /// <summary>
    /// Mean distance, in standard deviations of a feature given the others or, if more, in the furthest that it went in training, from which a lasting shift is asked about.
    /// </summary>
    public double ShiftLimit { get; set; } = 2;

    /// <summary>
    /// After so long a shift that came at once and stays as it is counts as the new normal, unless somebody has said otherwise. One that came slowly never
    /// does by itself: that is how faults come. So do alarms that come again and again alike, from when they are asked about, and features that have come or gone.
    /// </summary>
    public TimeSpan NewNormalAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether a challenger begins with the champion's weights instead of anew.</summary>
    public bool WarmStart { get; set; }

    /// <summary>Seconds of training in an hour of the clock, all series of the process together; then reviews go by without one.</summary>
    public int BudgetSeconds { get; set; } = 900;
}
