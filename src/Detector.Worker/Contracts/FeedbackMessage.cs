namespace Detector.Worker.Contracts;

/// <summary>Feedback as it comes by a topic or the API.</summary>
/// <param name="Id">Id of the alert.</param>
/// <param name="By">Who says so.</param>
internal sealed record FeedbackMessage(string Id, FeedbackVerdict Verdict, string? By = null);
