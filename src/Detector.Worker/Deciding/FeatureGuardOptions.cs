namespace Detector.Worker.Deciding;

/// <summary>What is known of one feature beside what the model learns: which deviations matter, and what is physically possible.</summary>
public sealed class FeatureGuardOptions
{
    /// <summary>Deviations the other way do not count: their share is taken off the score.</summary>
    public FeatureDirection Direction { get; set; }

    /// <summary>Least deviation from the expected value that counts, in the sensor's units.</summary>
    public double MinDeviation { get; set; }

    /// <summary>Least deviation that counts as a share of the expected value.</summary>
    public double MinRelativeDeviation { get; set; }

    /// <summary>A value below is anomalous whatever the score, and critical.</summary>
    public double? Min { get; set; }

    /// <summary>A value above is anomalous whatever the score, and critical.</summary>
    public double? Max { get; set; }
}
