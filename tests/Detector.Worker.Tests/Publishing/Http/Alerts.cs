using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Publishing.Http;

/// <summary>Alerts to send.</summary>
internal static class Alerts
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Alert Firing(string series, Severity severity = Severity.Warning, string group = "g", DateTimeOffset? started = null) => new(
        $"id-{series}", AlertState.Firing, 1, "pumps", series, severity, started ?? Start, started ?? Start, null, 8.1, 3.2, 2e-7, new AlertPeak(started ?? Start, 9.4),
        [new AlertFeature("pressure", 0.62, 4.91, 3.1, [2.8, 3.4])], new AlertModel("v1", ["linear"]), "hash") { Group = group };

    public static Alert Resolved(Alert alert) => alert with { State = AlertState.Resolved, Revision = alert.Revision + 1, EndedAt = alert.StartedAt.AddSeconds(30) };
}
