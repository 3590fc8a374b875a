namespace Detector.Worker.Contracts;

/// <summary>How improbable the peak of an episode is under normal operation.</summary>
public enum Severity
{
    Warning,
    Critical,
}
