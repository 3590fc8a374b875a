namespace Detector.Worker.Contracts;

/// <summary>How improbable the peak of an episode is under normal operation.</summary>
public enum Severity
{
    /// <summary>Worth knowing: less improbable than <c>Alert:WarningFactor</c> asks for.</summary>
    Info,

    Warning,

    Critical,
}
