namespace Detector.Worker.Cli.Quickstart;

/// <summary>Something that is known to have gone wrong, held against the alerts at the end.</summary>
/// <param name="Features">Sensors that show it; empty when that is not known.</param>
/// <param name="Counts">Whether the detector had a fair chance to see it; if not, it only excuses alerts.</param>
internal sealed record KnownEvent(
    string Series, string Title, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Features, bool Counts = true);
