using Detector.Worker.Cli.Logs;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>What the user said on the command line.</summary>
/// <param name="Networks">Names of the networks; empty takes the default ones.</param>
internal sealed record QuickstartArguments(
    string? Input, int? TrainRows, double Minutes, int Port, string? State, string Broker, IReadOnlyList<string> Networks, LogChoice? Logs = null);
