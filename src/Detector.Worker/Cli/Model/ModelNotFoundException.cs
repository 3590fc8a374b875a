namespace Detector.Worker.Cli.Model;

/// <summary>What the command line names is not there, or is not one model; the message says what there is.</summary>
internal sealed class ModelNotFoundException(string message) : Exception(message);
