namespace Detector.Worker.Web;

/// <summary>Why a request was not answered.</summary>
/// <param name="Error">One sentence.</param>
internal sealed record Problem(string Error);
