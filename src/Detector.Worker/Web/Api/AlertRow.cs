using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline.Alerts;

namespace Detector.Worker.Web.Api;

/// <summary>An alert with what was said of it.</summary>
/// <param name="ToldAt">When its latest revision was told, by the clock.</param>
/// <param name="Verdict">What was said of it; null when nothing was.</param>
internal sealed record AlertRow(Alert Alert, DateTimeOffset ToldAt, string? Verdict)
{
    public static AlertRow Of(AlertEntry entry, FeedbackDesk feedback) => new(
        entry.Alert, entry.ToldAt, feedback.VerdictOn(entry.Alert.Id) is { } verdict ? JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString()) : null);
}
