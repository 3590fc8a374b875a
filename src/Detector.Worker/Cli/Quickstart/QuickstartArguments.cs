namespace Detector.Worker.Cli.Quickstart;

/// <summary>What the user said on the command line.</summary>
internal sealed record QuickstartArguments(string? Input, int? TrainRows, double Minutes, int Port, string? State, string Broker);
