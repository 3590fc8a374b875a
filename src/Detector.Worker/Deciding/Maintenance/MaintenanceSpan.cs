namespace Detector.Worker.Deciding.Maintenance;

/// <summary>Which series are under maintenance, and when.</summary>
/// <param name="Occurrences">The times that touch a stretch, UTC ticks.</param>
internal sealed record MaintenanceSpan(string Pipelines, string Series, Func<long, long, IEnumerable<(long From, long To)>> Occurrences);
