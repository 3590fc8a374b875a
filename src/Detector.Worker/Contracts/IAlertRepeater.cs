namespace Detector.Worker.Contracts;

/// <summary>A sink that must know at any time which alerts fire.</summary>
public interface IAlertRepeater
{
    /// <summary>Tells it of the alerts that were firing when the service stopped.</summary>
    void Resume(IReadOnlyList<Alert> open);
}
