namespace Detector.Models.Logs;

/// <summary>One masked line that has been seen, or a more general one that several have become. Owned by the miner.</summary>
internal sealed class Signature(byte[] text, ulong hash)
{
    public byte[] Text { get; } = text;

    public ulong Hash { get; } = hash;

    public LogTemplate Template { get; set; } = null!;

    /// <summary>The one used next after this; null for the latest.</summary>
    public Signature? Newer { get; set; }

    /// <summary>The one used last before this; null for the earliest.</summary>
    public Signature? Older { get; set; }
}
