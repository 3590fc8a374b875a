namespace Detector.Benchmarks.Accuracy;

/// <summary>What the user said on the command line.</summary>
/// <param name="Data">Folder of the sets, if named.</param>
/// <param name="Sets">Names of the sets to run; empty: all.</param>
/// <param name="Only">Names of the series to run; empty: all.</param>
/// <param name="Overrides">Values of the pipeline, KEY=VALUE.</param>
/// <param name="Seeds">Runs with the seeds 1…N, averaged.</param>
/// <param name="Parallel">Models trained and scored at a time.</param>
/// <param name="Details">Whether each series is printed too.</param>
/// <param name="Half">1 or 2: every second series; 0: all.</param>
/// <param name="Contamination">Share of the training rows that shows events of another series of the set.</param>
/// <param name="Write">Markdown file that receives the table between its markers.</param>
internal sealed record AccuracyArguments(
    string? Data, IReadOnlyList<string> Sets, IReadOnlyList<string> Only, IReadOnlyList<string> Overrides, int Seeds, int Parallel, bool Details,
    int Half, double Contamination, string? Write);
