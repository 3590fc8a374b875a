using System.Globalization;

namespace Detector.Models.Logs;

/// <summary>What lines of one kind have in common: their text with <c>*</c> for what varies. Owned by the miner's thread.</summary>
public sealed class LogTemplate
{
    internal LogTemplate(Signature signature)
    {
        Signatures.Add(signature);
        Displayed = signature.Text;
        IdValue = signature.Hash & IdMask;
    }

    internal LogTemplate(ulong id, long count, bool pinned, byte[] displayed, byte[] example)
    {
        IdValue = id;
        Count = count;
        IsPinned = pinned;
        Displayed = displayed;
        Example = example;
    }

    /// <summary>Ids have 48 bits: among ten thousand templates two share one with a chance of one in five million.</summary>
    internal const ulong IdMask = 0xFFFF_FFFF_FFFF;

    /// <summary>Twelve hexadecimal digits, derived from the text; kept when a pinned template becomes more general.</summary>
    public string Id => IdText(IdValue);

    /// <summary>The same as a number.</summary>
    public ulong Number => IdValue;

    /// <summary>Lines of this kind.</summary>
    public long Count { get; internal set; }

    /// <summary>Whether its id is in use, as in the features of a model: what it becomes later keeps the id.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>The latest different line, as it came; at most <see cref="TemplateMiner.MaxExampleBytes"/> bytes of it.</summary>
    public ReadOnlyMemory<byte> Example { get; internal set; }

    /// <summary>The text as it may be shown: control characters and bytes that are no UTF-8 are escaped.</summary>
    public string Text => SafeText.Of(Displayed);

    /// <summary>The masked text as bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Displayed;

    /// <summary>Whether so few lines of this kind have come that it may still be chance: fewer than one in a thousand, or than five.</summary>
    public bool IsRare(long lines) => Count < 5 || Count * 1000 < lines;

    /// <summary>Position in a vector of counts, set by whoever counts.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Keeps the id whatever the template becomes: something refers to it.</summary>
    public void Pin() => IsPinned = true;

    internal ulong IdValue { get; set; }

    internal byte[] Displayed { get; set; }

    internal List<Signature> Signatures { get; } = [];

    internal static string IdText(ulong id) => id.ToString("x12", CultureInfo.InvariantCulture);

    internal static bool TryParseId(string text, out ulong id) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);

    public override string ToString() => $"{Id} {Text}";
}
