namespace Detector.Worker.Cli;

/// <summary>How a command writes its result.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}
