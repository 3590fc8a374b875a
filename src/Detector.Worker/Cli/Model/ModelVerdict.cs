namespace Detector.Worker.Cli.Model;

/// <summary>Whether a version can serve, for machines.</summary>
/// <param name="Refusal">Why not, as a sentence that names the file; null when it can.</param>
internal sealed record ModelVerdict(string Pipeline, string Series, string Version, string Directory, bool Sound, string? Refusal);
