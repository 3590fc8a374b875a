namespace Detector.Models.Logs;

/// <summary>One masked line that has been seen, or a more general one that several have become. Owned by the miner.</summary>
internal sealed class Signature
{
    /// <summary>Bit of <see cref="Met"/> for the place that all values variable lead to; the tokens have the bits below.</summary>
    public const int ValuesBit = 63;

    /// <summary>Bit for two of those at that place being known to differ in two values.</summary>
    public const int DifferBit = 62;

    private readonly byte[] _bare;

    public Signature(byte[] text, ulong hash, long number)
    {
        (Text, Hash, Number, Displayed) = (text, hash, number, text);
        byte[] bare = new Tokens(text, new int[MaskedLine.MaxTokens]).Bare();
        _bare = bare.AsSpan().SequenceEqual(text) ? text : bare;
        BareHash = StableHash.Of(_bare);
    }

    public byte[] Text { get; }

    /// <summary>Hash of the text without the punctuation behind what is variable.</summary>
    public ulong BareHash { get; }

    public ulong Hash { get; }

    /// <summary>Counts the signatures in the order in which they came.</summary>
    public long Number { get; }

    /// <summary>The text for eyes: with the punctuation behind what is variable.</summary>
    public byte[] Displayed { get; set; }

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
        int stars = _bare.AsSpan().Count(MaskedLine.Star), others = other._bare.AsSpan().Count(MaskedLine.Star);
        if (stars != others)
            return stars > others;
        return _bare.Length != other._bare.Length ? _bare.Length < other._bare.Length : _bare.AsSpan().SequenceCompareTo(other._bare) < 0;
    }
}
