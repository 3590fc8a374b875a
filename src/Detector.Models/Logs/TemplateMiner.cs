namespace Detector.Models.Logs;

/// <summary>
/// Finds the templates of a stream of log lines, one line at a time. Variable parts are masked first; equal masked lines are one kind. Beyond that,
/// like Drain (He et al., ICWS 2017) it merges kinds that differ in words, but not by a similarity: an index holds for every kind the texts that it
/// would have with one token variable, and kinds are merged when they meet there often enough. A line of a known kind costs one pass and one look-up
/// and allocates nothing; memory is bounded. Not thread-safe.
/// </summary>
public sealed partial class TemplateMiner(MinerOptions options)
{
    /// <summary>Bytes of an example line that are kept.</summary>
    public const int MaxExampleBytes = 512;

    /// <summary>Tokens of a line that may become variable: a longer line is known by its beginning.</summary>
    private const int MaxIndexed = 48;

    /// <summary>Bytes of masked text that a signature may have on average.</summary>
    private const int BytesASignature = 512;

    private readonly LineMasker _masker = new(options.Masks);
    private readonly Dictionary<ulong, Signature> _signatures = [];
    private readonly Dictionary<ulong, Meeting> _meetings = [];
    private readonly Dictionary<ulong, Signature> _stars = [];
    private readonly Dictionary<ulong, LogTemplate> _templates = [];
    private readonly Dictionary<ulong, LogTemplate> _aliases = [];
    private readonly int[] _ends = new int[MaskedLine.MaxTokens];
    private readonly int[] _otherEnds = new int[MaskedLine.MaxTokens];
    private Signature? _newest;
    private Signature? _oldest;
    private long _inserted;
    private long _textBytes;

    public TemplateMiner()
        : this(new MinerOptions())
    {
    }

    /// <summary>The masked form of the latest line.</summary>
    public MaskedLine Line { get; } = new();

    /// <summary>Lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Templates forgotten for room.</summary>
    public long Evicted { get; private set; }

    /// <summary>Masked lines remembered.</summary>
    public int SignatureCount => _signatures.Count;

    public IReadOnlyCollection<LogTemplate> Templates => _templates.Values;

    /// <summary>Takes a line without its header; never null.</summary>
    /// <param name="content">What the program wrote: UTF-8, or any other bytes.</param>
    /// <param name="isNew">Whether no line of this kind has come before, as far as is remembered.</param>
    public LogTemplate Add(ReadOnlySpan<byte> content, out bool isNew)
    {
        _masker.Mask(content.Length > options.MaxLineBytes ? content[..options.MaxLineBytes] : content, Line);
        Lines++;
        ReadOnlySpan<byte> text = Line.Text;
        ulong hash = StableHash.Of(text);
        isNew = false;
        if (_signatures.TryGetValue(hash, out Signature? known) && known.Text.AsSpan().SequenceEqual(text))
        {
            Touch(known);
        }
        else
        {
            known = known is null ? Insert(text.ToArray(), hash) : known; // a collision of 64 bits: taken for the same
            isNew = known.Template.Count == 0;
            Evict();
        }

        LogTemplate template = known.Template;
        if (++template.Count <= 1 || (template.Count & (template.Count - 1)) == 0)
            template.Example = content[..Math.Min(content.Length, MaxExampleBytes)].ToArray();
        return template;
    }

    /// <summary>The template with an id, or what it has become; null when it is forgotten.</summary>
    public LogTemplate? Find(string id) => LogTemplate.TryParseId(id, out ulong value) ? Find(value) : null;

    /// <summary>The same by <see cref="LogTemplate.Number"/>.</summary>
    public LogTemplate? Find(ulong id) => _templates.TryGetValue(id, out LogTemplate? template) || _aliases.TryGetValue(id, out template) ? template : null;

    private void Touch(Signature signature)
    {
        if (ReferenceEquals(signature, _newest))
            return;
        Unlink(signature);
        Link(signature);
    }

    private void Link(Signature signature)
    {
        signature.Older = _newest;
        signature.Newer = null;
        if (_newest is not null)
            _newest.Newer = signature;
        _newest = signature;
        _oldest ??= signature;
    }

    private void Unlink(Signature signature)
    {
        if (signature.Newer is { } newer)
            newer.Older = signature.Older;
        else
            _newest = signature.Older;
        if (signature.Older is { } older)
            older.Newer = signature.Newer;
        else
            _oldest = signature.Newer;
    }
}
