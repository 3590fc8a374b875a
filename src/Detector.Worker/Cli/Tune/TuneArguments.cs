namespace Detector.Worker.Cli.Tune;

/// <summary>What the user said on the command line.</summary>
/// <param name="Input">CSV file of normal operation.</param>
/// <param name="Out">File that receives the configuration; null: the standard output.</param>
/// <param name="Budget">Time the search may take.</param>
/// <param name="MaxCandidates">Candidates tried at most.</param>
/// <param name="Holdout">Share of the rows, the latest, that candidates are judged on.</param>
/// <param name="Seed">Seed of the made-up anomalies.</param>
internal sealed record TuneArguments(
    string Input, string? Out, TimeSpan Budget, int MaxCandidates, double Holdout, int Seed, OutputFormat Output);
