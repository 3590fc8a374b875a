using System.Text.Json.Serialization;

namespace Detector.Worker.Deciding.Maintenance;

/// <summary>A time of maintenance that was entered while the service runs.</summary>
/// <param name="Pipelines">Pattern of the pipelines it is about.</param>
/// <param name="Series">Pattern of the series it is about.</param>
/// <param name="From">Event time of its beginning.</param>
/// <param name="To">Event time of its end.</param>
/// <param name="Comment">Why, in the words of who entered it.</param>
internal sealed record MaintenanceWindow(string Id, string Pipelines, string Series, DateTimeOffset From, DateTimeOffset To, string Comment)
{
    /// <summary>Longest time that one window may last.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(366);

    /// <summary>What is wrong with it, a sentence; null when nothing is.</summary>
    public string? Error() =>
        From >= To ? "'to' must be later than 'from'."
        : To - From > Longest ? "A maintenance window lasts a year at most."
        : Pipelines.Length is 0 or > 256 || Series.Length is 0 or > 256 ? "'pipelines' and 'series' are patterns of 1 to 256 characters; * is all."
        : Comment.Length > 500 ? "'comment' has 500 characters at most."
        : null;

    [JsonIgnore]
    public MaintenanceSpan Span => new(Pipelines, Series, (_, _) => [(From.UtcTicks, To.UtcTicks)]);
}
