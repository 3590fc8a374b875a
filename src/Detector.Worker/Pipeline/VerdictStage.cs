using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>Judges scored batches in order and hands verdicts and alerts on. One thread.</summary>
internal sealed class VerdictStage(IVerdictReceiver receiver, CheckpointMetrics? checkpoints = null, IChallenges? challenges = null) : IAlertReceiver
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
        int signal = 0, review = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            signal = JudgeSignals(batch, signal, i);
            _receipt = batch.Receipt(i);
            review = JudgeReviews(batch, review, i);
            _series = batch.Series(i);
            _share.BeforeChange(_series);
            _series.EnterDeciding(batch.Model(i), batch.NewNames(i), this);
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
            _series.Learning?.Observe(evidence, verdict, _series.Judge, batch.NewNames(i), batch.NewValues(i));
            _series.History?.Add(evidence, verdict);
            _series.Status.Set(evidence.Ticks, verdict.Score, verdict.Threshold);
            receiver.OnVerdict(_series, evidence.Ticks, verdict, _receipt, batch.Arrival(i));
            _receipt.Release();
        }

        JudgeSignals(batch, signal, batch.Count);
        JudgeReviews(batch, review, batch.Count);
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

    /// <summary>Reviews what comes before a window. Its alerts belong to the message of that window, with which they came.</summary>
    private int JudgeReviews(PipelineBatch batch, int next, int before)
    {
        for (; next < batch.Reviews.Count && batch.Reviews[next].Before <= before; next++)
        {
            (_, SeriesState series, long ticks, bool commanded) = batch.Reviews[next];
            _series = series;
            _share.BeforeChange(series);
            Challenge? challenge = challenges is null ? null
                : series.Pipeline.Shared is { } shared ? shared.Review(series, series.Judged!, ticks, challenges, this)
                : series.Learning!.Review(series, series.Judged!, ticks, commanded, challenges, this);
            if (challenge is null)
                series.Answer(new ReviewAnswer(ticks, null));
            else
                challenges!.Request(challenge);
        }

        return next;
    }

    void IAlertReceiver.Suppress(SuppressionReason reason) => receiver.OnSuppressed(_series!, reason, _receipt);

    void IAlertReceiver.Accept(Alert alert) => receiver.OnAlert(_series!, alert, _receipt);
}
