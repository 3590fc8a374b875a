using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing.Alertmanager;

/// <summary>
/// What Alertmanager is to believe: the alerts that fire, each with an end that lies ahead and is pushed on as long as it does, as Prometheus does it.
/// Not thread-safe.
/// </summary>
/// <param name="holds">How long an alert fires on when nothing more is heard of it.</param>
internal sealed class FiringAlerts(TimeSpan holds)
{
    private readonly Dictionary<string, PostableAlert> _firing = new(StringComparer.Ordinal);

    /// <summary>Whether none fires.</summary>
    public bool IsEmpty => _firing.Count == 0;

    /// <summary>What is to be told after a revision of an alert. One whose severity rose has other labels: under the old ones it is over.</summary>
    public IEnumerable<PostableAlert> Take(Alert alert, DateTimeOffset now)
    {
        var labels = Labels(alert);
        bool known = _firing.Remove(alert.Id, out PostableAlert? before);
        if (known && before!.Labels["severity"] != labels["severity"])
            yield return before with { EndsAt = Past(before.StartsAt, now, now) };
        if (alert.State == AlertState.Resolved)
        {
            yield return new PostableAlert(labels, Annotations(alert), alert.StartedAt, Past(alert.StartedAt, alert.EndedAt ?? alert.UpdatedAt, now));
            yield break;
        }

        var current = new PostableAlert(labels, Annotations(alert), alert.StartedAt, Ahead(alert.StartedAt, now));
        _firing[alert.Id] = current;
        yield return current;
    }

    /// <summary>All that fire, with their ends pushed on.</summary>
    public IReadOnlyList<PostableAlert> Renewed(DateTimeOffset now) => [.. _firing.Values.Select(alert => alert with { EndsAt = Ahead(alert.StartsAt, now) })];

    /// <summary>An event time ahead of the clock must not make an alert that ends before it starts.</summary>
    private DateTimeOffset Ahead(DateTimeOffset start, DateTimeOffset now) => (start > now ? start : now) + holds;

    private static DateTimeOffset Past(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        DateTimeOffset over = end < now ? end : now;
        return over > start ? over : start;
    }

    private static Dictionary<string, string> Labels(Alert alert)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = alert.Kind switch { AlertKind.Quality => "DetectorBadData", AlertKind.Drift => "DetectorSeriesDrift", _ => "DetectorAnomaly" },
            ["pipeline"] = alert.Pipeline,
            ["series"] = alert.Series,
            ["severity"] = LowerCaseEnum<Severity>.Name(alert.Severity),
            ["group"] = alert.Group[..Math.Min(12, alert.Group.Length)],
        };
        if (alert.Reason is { } reason)
            labels["reason"] = LowerCaseEnum<QualityReason>.Name(reason);
        if (alert.Drift is { } drift)
            labels["reason"] = LowerCaseEnum<DriftReason>.Name(drift);
        return labels;
    }

    private static Dictionary<string, string> Annotations(Alert alert)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = alert.Message is { } message ? $"{alert.Series} drifts: {message}"
                : alert.Kind == AlertKind.Quality
                ? $"{alert.Series} sends bad data: {LowerCaseEnum<QualityReason>.Name(alert.Reason!.Value).Replace('_', ' ')}"
                : $"{alert.Series} is not as usual: {string.Join(", ", alert.Features.Take(2).Select(feature => feature.Name))}",
            ["id"] = alert.Id,
            ["features"] = string.Join("; ", alert.Features.Select(Words)),
        };
        if (alert.Kind == AlertKind.Anomaly)
        {
            annotations["score"] = string.Create(CultureInfo.InvariantCulture, $"{alert.Score:G4} against a threshold of {alert.Threshold:G4}, peak {alert.Peak.Score:G4}");
            annotations["p_value"] = alert.PValue.ToString("G3", CultureInfo.InvariantCulture);
        }

        return annotations;
    }

    private static string Words(AlertFeature feature) => double.IsFinite(feature.Contribution)
        ? string.Create(CultureInfo.InvariantCulture, $"{feature.Name} {feature.Contribution:P0} ({feature.Value?.ToString("G4", CultureInfo.InvariantCulture) ?? "missing"}, expected {feature.Expected:G4})")
        : feature.Name;
}
