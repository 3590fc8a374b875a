using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>Takes what people say of alerts, from the page, the command line or a topic. Thread-safe.</summary>
internal sealed class FeedbackDesk
{
    private readonly AlertBook _alerts;
    private readonly FeedbackBook _feedback;
    private readonly DetectorMetrics _metrics;
    private readonly TimeProvider _clock;

    /// <param name="pipelines">Names of the pipelines, whose precision is measured.</param>
    public FeedbackDesk(AlertBook alerts, FeedbackBook feedback, DetectorMetrics metrics, IEnumerable<string> pipelines, TimeProvider clock)
    {
        _alerts = alerts;
        _feedback = feedback;
        _metrics = metrics;
        _clock = clock;
        foreach (string pipeline in pipelines)
            Measure(pipeline);
    }

    /// <summary>Changes with every mark.</summary>
    public int Version => _feedback.Version;

    /// <summary>The verdict on an alert; null when there is none.</summary>
    public FeedbackVerdict? VerdictOn(string alertId) => _feedback.VerdictOn(alertId);

    /// <summary>Marks an alert; it is durable and in force when this returns.</summary>
    /// <param name="alertId">Id of an alert in the book.</param>
    /// <param name="by">Who says so, as far as is known.</param>
    /// <returns>Null, or a sentence that says why it cannot be marked.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string? Mark(string alertId, FeedbackVerdict verdict, string by)
    {
        if (_alerts.Find(alertId) is not { } entry)
            return $"There is no alert '{Short(alertId)}' among the latest {AlertBook.Capacity}.";
        if (entry is not { Alert: { Kind: AlertKind.Anomaly or AlertKind.Drift } alert, Pattern: { } pattern })
            return $"Alert '{Short(alertId)}' tells of bad data, which feedback does not change; adjust Quality: instead.";
        if (_feedback.VerdictOn(alertId) == verdict)
            return null;
        _feedback.Add(new FeedbackMark(
            alert.Id, verdict, alert.Pipeline, alert.Series, _clock.GetUtcNow(), by, alert.StartedAt, alert.EndedAt ?? alert.UpdatedAt, pattern));
        _metrics.Feedback(verdict);
        Measure(alert.Pipeline);
        return null;
    }

    private void Measure(string pipeline)
    {
        if (_feedback.Precision(pipeline) is { } share)
            _metrics.Pipeline(pipeline).Precision(share);
    }

    private static string Short(string id) => id.Length <= 64 ? id : id[..64] + "…";
}
