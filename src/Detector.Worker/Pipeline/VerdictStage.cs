using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>Judges scored batches in order and hands verdicts and alerts on. One thread.</summary>
internal sealed class VerdictStage(IVerdictReceiver receiver, CheckpointMetrics? checkpoints = null) : IAlertReceiver
{
    private readonly CheckpointShare _share = new(CheckpointStage.Deciding, checkpoints);
    private Receipt _receipt;
    private SeriesState? _series;

    /// <summary>What this stage saves for checkpoints.</summary>
    public CheckpointShare Share => _share;

    /// <summary>Judges every window of the batch, and what was found about the data before it, and releases their claims.</summary>
    public void Judge(PipelineBatch batch)
    {
        WindowBatch windows = batch.Windows;
        int signal = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            signal = JudgeSignals(batch, signal, i);
            _series = batch.Series(i);
            _share.BeforeChange(_series);
            _receipt = batch.Receipt(i);
            var evidence = new Evidence
            {
                Ticks = windows.Ticks(i),
                Score = windows.Score(i),
                Contributions = windows.Contributions(i),
                Expected = windows.Expected(i),
                Values = windows.Values(i),
                Scaler = windows.Model(i).Scaler,
            };
            Verdict verdict = _series.Judge!.Judge(evidence, this);
            _series.History?.Add(evidence, verdict);
            _series.Status.Set(evidence.Ticks, verdict.Score, verdict.Threshold);
            receiver.OnVerdict(_series, evidence.Ticks, verdict, _receipt, batch.Arrival(i));
            _receipt.Release();
        }

        JudgeSignals(batch, signal, batch.Count);
        if (batch.Closes is { } checkpoint)
            _share.Begin(checkpoint);
    }

    private int JudgeSignals(PipelineBatch batch, int next, int before)
    {
        for (; next < batch.Signals.Count && batch.Signals[next].Before <= before; next++)
        {
            (_, _series, QualitySignal signal, _receipt) = batch.Signals[next];
            _share.BeforeChange(_series);
            if (signal is { Reason: QualityReason.Silent, IsOver: false })
                _series.Judge!.EndEpisode(this);
            _series.Quality!.Judge(signal, this);
            _receipt.Release();
        }

        return next;
    }

    void IAlertReceiver.Suppress(SuppressionReason reason) => receiver.OnSuppressed(_series!, reason, _receipt);

    void IAlertReceiver.Accept(Alert alert) => receiver.OnAlert(_series!, alert, _receipt);
}
