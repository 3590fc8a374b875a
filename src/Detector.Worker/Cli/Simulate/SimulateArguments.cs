using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

internal sealed record SimulateArguments(IReadOnlyList<PlantChange> Changes, int Runs, int Days, int Seed, IReadOnlyList<bool> Learning, string Season, bool WarmStart, bool Explain, OutputFormat Output);
