namespace Detector.Worker.Telemetry.Logging;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
