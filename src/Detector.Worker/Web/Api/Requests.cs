using Detector.Worker.Contracts;

namespace Detector.Worker.Web.Api;

/// <summary>What someone says of an alert.</summary>
internal sealed record FeedbackRequest(FeedbackVerdict Verdict, string? By = null);

/// <summary>A time of maintenance to be entered.</summary>
/// <param name="From">Its beginning; now, where it is missing.</param>
internal sealed record MaintenanceRequest(DateTimeOffset To, DateTimeOffset? From = null, string Pipelines = "*", string Series = "*", string Comment = "");
