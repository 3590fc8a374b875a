namespace Detector.Models.Logs;

/// <summary>How lines become templates.</summary>
public sealed record MinerOptions
{
    /// <summary>What is variable beside tokens with a digit.</summary>
    public Masks Masks { get; init; } = Masks.Default;

    /// <summary>Different words at one place of otherwise equal lines that make the place variable. Fewer would merge events that differ in one word.</summary>
    public int MinWords { get; init; } = 5;

    /// <summary>More of them where fewer than three other words tell the line from others.</summary>
    public int ShortLineExtra { get; init; } = 4;

    /// <summary>More of them where the words are states: capitals, or truth values.</summary>
    public int StateExtra { get; init; } = 6;

    /// <summary>Masked lines that are remembered, the least recently used forgotten first: some 2 KiB each, and 512 bytes of text on average at most.</summary>
    public int MaxSignatures { get; init; } = 20_000;

    /// <summary>Bytes of a line that are looked at.</summary>
    public int MaxLineBytes { get; init; } = 8 * 1024;
}
