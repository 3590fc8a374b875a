namespace Detector.Worker.Deciding;

/// <summary>Whose episodes these are.</summary>
/// <param name="ConfigHash">Hash of the configuration in force, named in alerts.</param>
internal sealed record SeriesIdentity(string Pipeline, string Series, string ConfigHash);
