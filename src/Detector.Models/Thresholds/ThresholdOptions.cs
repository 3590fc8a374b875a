namespace Detector.Models.Thresholds;

/// <summary>What a user may say about a threshold.</summary>
public sealed class ThresholdOptions
{
    /// <summary>Stated rate of false episodes; what <c>spot</c> follows. Once a week: a person still reads them.</summary>
    public FalseAlarmRate FalseAlarms { get; set; } = FalseAlarmRate.OncePerWeek;

    /// <summary>Exceedances closer than this are one episode. An hour told neighbouring events apart on server metrics; must be positive.</summary>
    public TimeSpan ClusterGap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Quantile of the calibration scores from which the tail is modelled, in (0.5, 1). 0.90 keeps enough clusters of short blocks
    /// (Siffer et al. use 0.98 on far longer ones).</summary>
    public double BaseQuantile { get; set; } = 0.90;

    /// <summary>Peaks the tail is fitted to; the latest count. 1,000 give the tail's scale to 3 %.</summary>
    public int MaxPeaks { get; set; } = 1000;

    /// <summary>For <c>quantile</c>: the share of calibration rows at or below the threshold, in (0, 1).</summary>
    public double Quantile { get; set; } = 0.999;

    /// <summary>For <c>static</c>: the threshold itself, in score units.</summary>
    public double? StaticValue { get; set; }

    /// <summary>For <c>sigma</c> and <c>mad</c>: k, how many spreads above the centre; null = what the stated rate takes if scores are Gaussian.</summary>
    public double? Factor { get; set; }

    /// <summary>For <c>dspot</c>: time constant with which the level of normal scores is followed. A day is longer than most faults.</summary>
    public TimeSpan DriftMemory { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For <c>dspot</c>: scores that have stayed above the threshold for so long are the new normal.</summary>
    public TimeSpan NewNormal { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Share of an alarm's peak (above the median score) below which the alarm ends, though scores are still above the threshold, in
    /// [0, 1); the peak fades meanwhile. 0 = scores must fall below the threshold.</summary>
    public double Release { get; set; }

    /// <summary>The same options with another <see cref="ClusterGap"/>.</summary>
    public ThresholdOptions With(TimeSpan clusterGap) => new()
    {
        FalseAlarms = FalseAlarms,
        ClusterGap = clusterGap,
        BaseQuantile = BaseQuantile,
        MaxPeaks = MaxPeaks,
        Quantile = Quantile,
        Factor = Factor,
        DriftMemory = DriftMemory,
        NewNormal = NewNormal,
        Release = Release,
        StaticValue = StaticValue,
    };

    /// <summary>Every problem as a sentence that names the key, the value and the remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems(string method)
    {
        if (!(FalseAlarms.Events > 0) || FalseAlarms.Per <= TimeSpan.Zero)
            yield return $"FalseAlarms is {FalseAlarms}; state a positive rate, for example '1 per series per week'.";
        if (ClusterGap <= TimeSpan.Zero)
            yield return $"ClusterGap is {ClusterGap}; give a positive duration, for example 01:00:00.";
        if (!(BaseQuantile is > 0.5 and < 1))
            yield return FormattableString.Invariant($"BaseQuantile is {BaseQuantile}; give a number above 0.5 and below 1, for example 0.90.");
        if (!(Quantile is > 0 and < 1))
            yield return FormattableString.Invariant($"Quantile is {Quantile}; give a number between 0 and 1, for example 0.999.");
        if (Factor is { } factor && !(factor > 0 && double.IsFinite(factor)))
            yield return FormattableString.Invariant($"Factor is {factor}; give a positive number of spreads, for example 4.");
        if (DriftMemory <= TimeSpan.Zero)
            yield return $"DriftMemory is {DriftMemory}; give a positive duration, for example 1.00:00:00.";
        if (NewNormal <= TimeSpan.Zero)
            yield return $"NewNormal is {NewNormal}; give a positive duration, for example 1.00:00:00.";
        if (!(Release is >= 0 and < 1))
            yield return FormattableString.Invariant($"Release is {Release}; give a share from 0 to below 1, for example 0.5.");
        if (MaxPeaks < 20)
            yield return FormattableString.Invariant($"MaxPeaks is {MaxPeaks}; a tail needs at least 20.");
        if (method == ThresholdFactory.Static && !(StaticValue is { } value && double.IsFinite(value)))
            yield return "StaticValue is not given; the static threshold needs a finite number in score units.";
    }
}
