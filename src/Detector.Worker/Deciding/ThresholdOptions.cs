namespace Detector.Worker.Deciding;

/// <summary>What turns a score into a verdict.</summary>
public sealed class ThresholdOptions
{
    /// <summary><c>spot</c> (peaks over threshold), <c>quantile</c> or <c>static</c>.</summary>
    public string Method { get; set; } = "spot";

    /// <summary>False alarms that are accepted: <c>N per series per hour|day|week|month</c>, or per a duration.</summary>
    public string FalseAlarms { get; set; } = "1 per series per week";

    /// <summary>The threshold itself (static).</summary>
    public double? Value { get; set; }

    /// <summary>Share of normal scores below the threshold (quantile).</summary>
    public double Quantile { get; set; } = 0.999;
}
