namespace Detector.Worker.Contracts;

/// <summary>Where an alert stands in its life.</summary>
public enum AlertState
{
    Firing,
    Updated,
    Resolved,
}
