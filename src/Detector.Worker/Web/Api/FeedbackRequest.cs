using Detector.Worker.Contracts;

namespace Detector.Worker.Web.Api;

/// <summary>What someone says of an alert.</summary>
internal sealed record FeedbackRequest(FeedbackVerdict Verdict, string? By = null);
