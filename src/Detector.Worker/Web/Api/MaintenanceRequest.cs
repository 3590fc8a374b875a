namespace Detector.Worker.Web.Api;

/// <summary>A time of maintenance to be entered.</summary>
/// <param name="From">Its beginning; now, where it is missing.</param>
internal sealed record MaintenanceRequest(DateTimeOffset To, DateTimeOffset? From = null, string Pipelines = "*", string Series = "*", string Comment = "");
