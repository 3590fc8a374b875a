namespace Detector.Worker.Decoding.LineProtocol;

/// <summary>
/// One line of InfluxDB's line protocol, <c>measurement,tag=value field=1.5,other=2i 1748779200000000000</c>, taken apart into buffers that are reused
/// for the next one. Grammar: https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/
/// </summary>
internal sealed partial class Line
{
    private readonly Comparison<Tag> _byKey;
    private byte[] _text = new byte[512];
    private int _length;
    private Slice _measurement;
    private Tag[] _tags = new Tag[16];
    private Field[] _fields = new Field[32];

    public Line() => _byKey = (left, right) => this[left.Key].SequenceCompareTo(this[right.Key]);

    /// <summary>Name of the measurement, without escapes.</summary>
    public ReadOnlySpan<byte> Measurement => this[_measurement];

    /// <summary>Tags, sorted by their keys.</summary>
    public ReadOnlySpan<Tag> Tags => _tags.AsSpan(0, TagCount);

    /// <summary>Fields in the order of the line.</summary>
    public ReadOnlySpan<Field> Fields => _fields.AsSpan(0, FieldCount);

    /// <summary>Digits of the time; empty when the line has none.</summary>
    public ReadOnlySpan<byte> Time => this[TimeSlice];

    private int TagCount { get; set; }

    private int FieldCount { get; set; }

    private Slice TimeSlice { get; set; }

    /// <summary>The text of a key or value, without escapes.</summary>
    public ReadOnlySpan<byte> this[Slice slice] => _text.AsSpan(slice.Start, slice.Length);

    /// <summary>Value of a tag; empty when the line has no such tag.</summary>
    public ReadOnlySpan<byte> TagValue(ReadOnlySpan<byte> key)
    {
        foreach (Tag tag in Tags)
        {
            if (this[tag.Key].SequenceEqual(key))
                return this[tag.Value];
        }

        return default;
    }

    private void SortTags()
    {
        Span<Tag> tags = _tags.AsSpan(0, TagCount);
        for (int i = 1; i < tags.Length; i++)
        {
            // Clients are asked to sort them, and most do.
            if (_byKey(tags[i - 1], tags[i]) > 0)
            {
                tags.Sort(_byKey);
                return;
            }
        }
    }

    private void AddTag(Slice key, Slice value)
    {
        if (TagCount == _tags.Length)
            Array.Resize(ref _tags, TagCount * 2);
        _tags[TagCount++] = new Tag(key, value);
    }

    private void AddField(Slice key, double? value)
    {
        if (FieldCount == _fields.Length)
            Array.Resize(ref _fields, FieldCount * 2);
        _fields[FieldCount++] = new Field(key, value);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>A piece of the line's text.</summary>
    internal readonly record struct Slice(int Start, int Length);

    internal readonly record struct Tag(Slice Key, Slice Value);

    /// <param name="Value">The number, 1 or 0 for a boolean; null for text.</param>
    internal readonly record struct Field(Slice Key, double? Value);
}
