using System.Globalization;

namespace Detector.Models.Logs;

/// <summary>What lines of one kind have in common: their text with <c>*</c> for what varies. Owned by the miner's thread.</summary>
public sealed class LogTemplate
{
    /// <summary>Former ids that are remembered; the oldest are forgotten first.</summary>
    private const int MaxAliases = 256;

    internal LogTemplate(Signature name)
    {
        Name = name;
        Signatures.Add(name);
    }

    internal LogTemplate(byte[] text, byte[] displayed, byte[] example)
    {
        Name = new Signature(text, StableHash.Of(text), -1) { Displayed = displayed, Template = this };
        Example = example;
    }

    /// <summary>Ids have 48 bits: among ten thousand templates two share one with a chance of one in five million.</summary>
    internal const ulong IdMask = 0xFFFF_FFFF_FFFF;

    /// <summary>Twelve hexadecimal digits, derived from the text alone: the same in every process, whatever came in which order.</summary>
    public string Id => IdText(IdValue);

    /// <summary>The same as a number.</summary>
    public ulong Number => IdValue;

    /// <summary>Lines of this kind.</summary>
    public long Count { get; internal set; }

    /// <summary>Whether it is never forgotten.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>The latest different line, as it came; at most <see cref="TemplateMiner.MaxExampleBytes"/> bytes of it.</summary>
    public ReadOnlyMemory<byte> Example { get; internal set; }

    /// <summary>The text as it may be shown: control characters and bytes that are no UTF-8 are escaped.</summary>
    public string Text => SafeText.Of(Name.Displayed);

    /// <summary>The text as bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Name.Displayed;

    /// <summary>Whether so few lines of this kind have come that it may still be chance: fewer than one in a thousand, or than five.</summary>
    public bool IsRare(long lines) => Count < 5 || Count * 1000 < lines;

    /// <summary>Position in a vector of counts; -1 for none.</summary>
    public int Slot { get; internal set; } = -1;

    /// <summary>Its <see cref="Number"/> when it was learned, which it keeps whatever it becomes; as long as it is not learned, the present one.</summary>
    public ulong Event => LearnedNumber ?? Number;

    /// <summary>Whether the world was told of it under its present id; kept for whoever tells.</summary>
    public bool IsTold { get; set; }

    /// <summary>Makes the present number the one that <see cref="Event"/> keeps.</summary>
    public void Learn() => LearnedNumber = Number;

    /// <summary>Keeps the template for good, and gives it a position that it keeps whatever it becomes.</summary>
    public void Pin(int slot) => (IsPinned, Slot) = (true, slot);

    internal ulong? LearnedNumber { get; set; }

    internal ulong IdValue => Name.BareHash & IdMask;

    /// <summary>The most general of its signatures.</summary>
    internal Signature Name { get; set; }

    /// <summary>Ids that it had, or what became part of it.</summary>
    internal List<ulong> Aliases { get; } = [];

    internal List<Signature> Signatures { get; } = [];

    /// <summary>Takes over what another template was known by.</summary>
    /// <returns>Ids that are forgotten for room.</returns>
    internal ulong[] TakeAliases(LogTemplate from)
    {
        // What no line was ever told to be of, nobody knows by its id.
        if (from.Count > 0)
            Aliases.Add(from.IdValue);
        Aliases.AddRange(from.Aliases);
        int excess = Math.Max(0, Aliases.Count - MaxAliases);
        ulong[] forgotten = [.. Aliases.Take(excess)];
        Aliases.RemoveRange(0, excess);
        return forgotten;
    }

    internal static string IdText(ulong id) => id.ToString("x12", CultureInfo.InvariantCulture);

    internal static bool TryParseId(string text, out ulong id) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);

    public override string ToString() => $"{Id} {Text}";
}
