using System.Text.Json.Nodes;

namespace Detector.Worker.Cli.Tune;

/// <summary>What a search found, for machines.</summary>
/// <param name="HeldOutRows">Rows that candidates were judged on.</param>
/// <param name="FalseAlarms">Rate that was stated.</param>
/// <param name="Candidates">The candidates in the order in which they were tried.</param>
/// <param name="Best">Index of the one that was chosen.</param>
/// <param name="Exhausted">Whether everything near it was tried; else the budget ended the search.</param>
/// <param name="Configuration">The configuration of the chosen one.</param>
internal sealed record TuneSummary(
    int TrainingRows, int HeldOutRows, string FalseAlarms, IReadOnlyList<TuneSummaryCandidate> Candidates, int Best, bool Exhausted, JsonNode Configuration);
