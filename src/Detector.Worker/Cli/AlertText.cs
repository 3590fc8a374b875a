using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli;

/// <summary>Alerts in words, for terminals.</summary>
internal static class AlertText
{
    private const int MaxShown = 96;

    /// <summary>An alert in one line.</summary>
    public static string Line(Alert alert) => alert.Kind == AlertKind.Quality ? QualityLine(alert) : alert.State switch
    {
        AlertState.Resolved when alert.Kind == AlertKind.Drift => $"DRIFT    {Safe(alert.Series)} is over: {Safe(alert.Message ?? "")}",
        _ when alert.Kind == AlertKind.Drift => $"DRIFT    {Safe(alert.Series)}: {Safe(alert.Message ?? "")}",
        AlertState.Resolved => string.Create(
            CultureInfo.InvariantCulture,
            $"RESOLVED {Safe(alert.Series)} after {(alert.EndedAt - alert.StartedAt)?.TotalSeconds:F0} s, peak score {alert.Peak.Score:F2}"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.State.ToString().ToUpperInvariant(),-8} {Safe(alert.Series)} {Word(alert.Severity)} at {alert.UpdatedAt:yyyy-MM-dd HH:mm:ss}: " +
            $"score {alert.Score:F2} > {alert.Threshold:F2}; {Explain(alert)}"),
    };

    /// <summary>The strongest features: share of the score, measured and expected value.</summary>
    public static string Explain(Alert alert) => string.Join(", ", alert.Features.Take(2).Select(feature => string.Create(
        CultureInfo.InvariantCulture,
        $"{Named(feature)} {feature.Contribution * 100:F0}% ({Number(feature.Value)}, expected {feature.Expected:G4})")));

    /// <summary>A feature's name, and of one made of log lines what they look like.</summary>
    private static string Named(AlertFeature feature)
    {
        string? shown = feature.Template ?? (feature.Examples is { Count: > 0 } examples ? examples[^1] : null);
        return shown is null ? Safe(feature.Name) : $"{Safe(feature.Name)} \"{Safe(shown.Length > MaxShown ? shown[..MaxShown] + "…" : shown)}\"";
    }

    /// <summary>The strongest features with their share of the score.</summary>
    public static string Shares(Alert alert) => string.Join(", ", alert.Features.Take(2).Select(feature =>
        string.Create(CultureInfo.InvariantCulture, $"{Safe(feature.Name)} {feature.Contribution * 100:F0}%")));

    /// <summary>What is wrong with the data.</summary>
    public static string Trouble(Alert alert)
    {
        string features = string.Join(", ", alert.Features.Select(feature => Safe(feature.Name)));
        return alert.Reason switch
        {
            QualityReason.Silent => "silent",
            QualityReason.Stuck => $"stuck: {features}" + (alert.Features is [{ Value: { } value }] ? " at " + Number(value) : ""),
            QualityReason.FeatureMissing => $"missing: {features}",
            QualityReason.FeatureNew => $"new feature, which the model does not know: {features}",
            QualityReason.WrongType => $"no numbers any more: {features}",
            _ => "bad data",
        };
    }

    private static string QualityLine(Alert alert)
    {
        string state = alert.State == AlertState.Resolved ? "is well again" : "sends bad data";
        string lasted = alert.State == AlertState.Resolved
            ? string.Create(CultureInfo.InvariantCulture, $" for {(alert.EndedAt - alert.StartedAt)?.TotalSeconds:F0} s")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"DATA     {Safe(alert.Series)} {state}: {Trouble(alert)}, since {alert.StartedAt:yyyy-MM-dd HH:mm:ss}{lasted}");
    }

    public static string Word(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>Text from a stream with its control characters made visible: nothing of it reaches a terminal as a command.</summary>
    public static string Safe(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "missing";
}
