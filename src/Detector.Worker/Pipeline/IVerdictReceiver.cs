using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>Where verdicts and alerts go. What is published takes a claim of its own on the receipt.</summary>
internal interface IVerdictReceiver
{
    void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival);

    void OnAlert(SeriesState series, Alert alert, Receipt receipt);

    /// <summary>An episode would have fired and is not told.</summary>
    void OnSuppressed(SeriesState series, SuppressionReason reason, Receipt receipt)
    {
    }
}
