namespace Detector.Worker.Contracts;

/// <summary>Receives the alerts that a verdict gives rise to.</summary>
public interface IAlertReceiver
{
    void Accept(Alert alert);

    /// <summary>An episode would have fired and is not told; once an episode.</summary>
    void Suppress(SuppressionReason reason)
    {
    }
}
