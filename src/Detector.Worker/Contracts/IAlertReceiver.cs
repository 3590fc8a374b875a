namespace Detector.Worker.Contracts;

/// <summary>Receives the alerts that a verdict gives rise to.</summary>
public interface IAlertReceiver
{
    void Accept(Alert alert);
}
