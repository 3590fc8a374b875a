using Detector.Models.Thresholds;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Feedback;

/// <summary>What a pump's samples lead to when the first alert of one kind of fault is marked as no anomaly, or none is.</summary>
internal sealed class MarkedLife : IAlertReceiver, IDisposable
{
    private readonly FeedbackBook _book = new();
    private readonly FaultKind? _marked;
    private readonly double _margin;
    private Alert? _toMark;
    private ScoredRow? _now;

    /// <param name="marked">Kind whose first alert is marked once it is resolved; null marks none.</param>
    /// <param name="margin">How far above the peak of what was marked its like is excused, over what the product does.</param>
    public MarkedLife(ScoredPump pump, AlertOptions options, FaultKind? marked, double margin = 1)
    {
        (_marked, _margin) = (marked, margin);
        var judge = new SeriesJudge(
            new SeriesIdentity("bench", "pump", ""), options, pump.Model.Scorer, "", ThresholdFactory.Restore(pump.Model.Threshold), new DecidingContext(new MaintenanceSchedule(), _book));
        foreach (ScoredRow row in pump.Rows)
        {
            _now = row;
            judge.Judge(
                new Evidence
                {
                    Ticks = row.Ticks, Score = row.Score, Contributions = row.Shares, Expected = row.Expected, Values = row.Values, Scaler = pump.Model.Scorer.Scaler,
                },
                this);
        }
    }

    /// <summary>Alerts that began to fire while a fault was on, by kind and round.</summary>
    public HashSet<(FaultKind Kind, int Round)> Told { get; } = [];

    /// <summary>The last revision of every alert.</summary>
    public Dictionary<string, Alert> Alerts { get; } = [];

    /// <summary>Alerts that began to fire while nothing was wrong.</summary>
    public int False { get; private set; }

    /// <summary>What was marked; null when nothing was.</summary>
    public AlertPattern? Marked { get; private set; }

    void IAlertReceiver.Accept(Alert alert)
    {
        Alerts[alert.Id] = alert;
        if (alert.State == AlertState.Firing && _now!.Fault is { } kind)
        {
            Told.Add((kind, _now.Round));
            if (kind == _marked && Marked is null && _toMark is null)
                _toMark = alert;
        }
        else if (alert.State == AlertState.Firing)
        {
            False++;
        }

        if (alert.State != AlertState.Resolved || alert.Id != _toMark?.Id || Marked is not null)
            return;
        Marked = alert.Pattern! with { Peak = alert.Pattern.Peak * _margin };
        _book.Add(new FeedbackMark(
            alert.Id, FeedbackVerdict.NoAnomaly, alert.Pipeline, alert.Series, alert.UpdatedAt, "", alert.StartedAt, alert.EndedAt!.Value, Marked));
    }

    public void Dispose() => _book.Dispose();
}
