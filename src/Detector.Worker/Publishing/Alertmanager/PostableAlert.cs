namespace Detector.Worker.Publishing.Alertmanager;

/// <summary>An alert as Alertmanager's API v2 takes it. Its labels are its identity.</summary>
internal sealed record PostableAlert(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt);
