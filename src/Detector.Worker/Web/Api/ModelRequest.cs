namespace Detector.Worker.Web.Api;

/// <summary>What is wanted of a model.</summary>
/// <param name="Series">Series, or <c>*</c> for the model that all share.</param>
/// <param name="Version">The version that is to serve; the one before the present where it is missing.</param>
internal sealed record ModelRequest(string Pipeline, string Series, string? Version = null, string? By = null);
