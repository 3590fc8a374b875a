namespace Detector.Worker.Cli.Model;

/// <summary>Where a version lies.</summary>
internal readonly record struct VersionPath(string Pipeline, string Series, string Version, string Directory);
