namespace Detector.Models.Logs;

/// <summary>What stands before, or around, what a program wrote in a line.</summary>
public readonly ref struct LogHeader
{
    /// <summary>UTC ticks; 0 when the line has no time.</summary>
    public long Ticks { get; init; }

    public LogSeverity Level { get; init; }

    /// <summary>Host, where the format names one.</summary>
    public ReadOnlySpan<byte> Host { get; init; }

    /// <summary>Program, service or logger, where the format names one.</summary>
    public ReadOnlySpan<byte> Component { get; init; }

    /// <summary>What the program wrote.</summary>
    public ReadOnlySpan<byte> Content { get; init; }
}
