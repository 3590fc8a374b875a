namespace Detector.Worker.Contracts;

/// <summary>Why an episode is not told. The set is bounded: each is a label value of a metric.</summary>
public enum SuppressionReason
{
    /// <summary>The series is under maintenance.</summary>
    Maintenance,

    /// <summary>Its like was marked as no anomaly.</summary>
    Feedback,

    /// <summary>Its like was told and is asked about, or was taken for normal since.</summary>
    Known,
}
