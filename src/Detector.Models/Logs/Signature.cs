namespace Detector.Models.Logs;

/// <summary>One masked line that has been seen, or a more general one that several have become. Owned by the miner.</summary>
internal sealed class Signature(byte[] text, ulong hash, long number)
{
    /// <summary>Bit of <see cref="Met"/> for the place that all values variable lead to; the tokens have the bits below.</summary>
    public const int ValuesBit = 63;

    /// <summary>Bit for two of those at that place being known to differ in two values.</summary>
    public const int DifferBit = 62;

    public byte[] Text { get; } = text;

    public ulong Hash { get; } = hash;

    /// <summary>Counts the signatures in the order in which they came.</summary>
    public long Number { get; } = number;

    /// <summary>The text for eyes: with the punctuation behind what is variable.</summary>
    public byte[] Displayed { get; set; } = text;

    /// <summary>At which places of the index it is remembered, a bit each.</summary>
    public ulong Met { get; set; }

    public LogTemplate Template { get; set; } = null!;

    /// <summary>The one used next after this; null for the latest.</summary>
    public Signature? Newer { get; set; }

    /// <summary>The one used last before this; null for the earliest.</summary>
    public Signature? Older { get; set; }

    /// <summary>Whether this is the better name for a kind that both are of: the more general, then the shorter, then the first in order of bytes.</summary>
    public bool Names(Signature other)
    {
        int stars = Text.AsSpan().Count(MaskedLine.Star), others = other.Text.AsSpan().Count(MaskedLine.Star);
        if (stars != others)
            return stars > others;
        return Text.Length != other.Text.Length ? Text.Length < other.Text.Length : Text.AsSpan().SequenceCompareTo(other.Text) < 0;
    }
}
