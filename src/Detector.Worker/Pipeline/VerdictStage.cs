using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Scoring;

namespace Detector.Worker.Pipeline;

/// <summary>Judges scored batches in order and hands verdicts and alerts on. One thread.</summary>
internal sealed class VerdictStage(IVerdictReceiver receiver) : IAlertReceiver
{
    private Receipt _receipt;
    private SeriesState? _series;

    /// <summary>Judges every window of the batch and releases its claims.</summary>
    public void Judge(PipelineBatch batch)
    {
        WindowBatch windows = batch.Windows;
        for (int i = 0; i < batch.Count; i++)
        {
            _series = batch.Series(i);
            _receipt = batch.Receipt(i);
            var evidence = new Evidence
            {
                Ticks = windows.Ticks(i),
                Score = windows.Score(i),
                Contributions = windows.Contributions(i),
                Expected = windows.Expected(i),
                Values = windows.Values(i),
            };
            Verdict verdict = _series.Judge!.Judge(evidence, this);
            _series.Status.Set(evidence.Ticks, verdict.Score, verdict.Threshold);
            receiver.OnVerdict(_series, evidence.Ticks, verdict, _receipt, batch.Arrival(i));
            _receipt.Release();
        }
    }

    void IAlertReceiver.Accept(Alert alert) => receiver.OnAlert(_series!, alert, _receipt);
}
