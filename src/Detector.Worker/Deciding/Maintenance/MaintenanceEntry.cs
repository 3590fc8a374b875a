namespace Detector.Worker.Deciding.Maintenance;

/// <summary>A line of the journal: a window that was entered, or the id of one that was taken back.</summary>
internal sealed record MaintenanceEntry(MaintenanceWindow? Add, string? Remove);
