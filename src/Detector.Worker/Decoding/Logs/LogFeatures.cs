using System.Text;

namespace Detector.Worker.Decoding.Logs;

/// <summary>Names of the features of log series.</summary>
internal static class LogFeatures
{
    public static ReadOnlySpan<byte> Lines => "lines"u8;

    public static ReadOnlySpan<byte> New => "new_templates"u8;

    public static ReadOnlySpan<byte> Rare => "rare_lines"u8;

    public static ReadOnlySpan<byte> Other => "other_lines"u8;

    public static ReadOnlySpan<byte> Errors => "error_lines"u8;

    public static ReadOnlySpan<byte> Warnings => "warning_lines"u8;

    public static ReadOnlySpan<byte> Gap => "longest_gap_seconds"u8;

    public static ReadOnlySpan<byte> Transitions => "new_transitions"u8;

    public static ReadOnlySpan<byte> Heartbeats => "missing_heartbeats"u8;

    public static ReadOnlySpan<byte> Sessions => "sessions"u8;

    /// <summary>Before the name of a view of sessions, or <c>score</c>: −log10 of its probability, the highest of the bucket's sessions.</summary>
    public const string SessionPrefix = "session.";

    /// <summary>Before the id of a template whose lines are counted.</summary>
    public const string TemplatePrefix = "template.";

    public static byte[] Template(string id) => Encoding.UTF8.GetBytes(TemplatePrefix + id);

    public static byte[] Parameter(string id, int number) => Encoding.UTF8.GetBytes($"{TemplatePrefix}{id}.{number}");
}
