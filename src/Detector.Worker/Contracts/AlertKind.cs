namespace Detector.Worker.Contracts;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>The process does what it did not do before.</summary>
    Anomaly,

    /// <summary>The data are not what they were: nothing is said of the process.</summary>
    Quality,

    /// <summary>What is normal is changing: slowly enough to be no anomaly, or for so long that it may be the new normal.</summary>
    Drift,
}
