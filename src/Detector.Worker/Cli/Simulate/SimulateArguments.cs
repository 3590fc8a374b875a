namespace Detector.Worker.Cli.Simulate;

/// <param name="Rows">A row of the table each, but for the seed.</param>
/// <param name="Runs">Plants of each row.</param>
internal sealed record SimulateArguments(IReadOnlyList<SimulationSettings> Rows, int Runs, bool Explain, OutputFormat Output);
