namespace Detector.Models.Logs;

/// <summary>How serious the program says a line is; the words of common formats are mapped onto these.</summary>
public enum LogSeverity
{
    Unknown,
    Trace,
    Debug,
    Info,
    Notice,
    Warning,
    Error,
    Critical,
}
