namespace Detector.Worker.Decoding.LineProtocol;

/// <summary>
/// Names of series and features of a line. Whatever of measurement and tags is not in the series' name comes before the field's, joined by points and in
/// the order of the tags' keys, so that no two fields of a series share a name: by <c>tag:host</c>, <c>cpu,core=0,host=a idle=9</c> is feature
/// <c>cpu.0.idle</c> of series <c>a</c>.
/// </summary>
/// <param name="parts">Tags that name the series, an empty one for the measurement.</param>
/// <param name="whole">Whether measurement and all tags name the series, as in <c>cpu,core=0,host=a</c>.</param>
internal sealed class LineNames(IReadOnlyList<byte[]>? parts, bool whole)
{
    private readonly bool _namesMeasurement = whole || parts?.Any(part => part.Length == 0) == true;
    private readonly byte[][] _parts = parts is null ? [] : [.. parts];
    private byte[] _series = new byte[NameRule.MaxBytes];
    private byte[] _feature = new byte[NameRule.MaxBytes];
    private int _prefix;

    /// <summary>Name of the line's series; empty when it lacks a tag.</summary>
    public ReadOnlySpan<byte> Series(Line line)
    {
        int length = 0;
        if (whole)
        {
            Append(ref _series, ref length, line.Measurement);
            foreach (Line.Tag tag in line.Tags)
            {
                Append(ref _series, ref length, ","u8);
                Append(ref _series, ref length, line[tag.Key]);
                Append(ref _series, ref length, "="u8);
                Append(ref _series, ref length, line[tag.Value]);
            }
        }

        foreach (byte[] part in _parts)
        {
            ReadOnlySpan<byte> value = part.Length == 0 ? line.Measurement : line.TagValue(part);
            if (value.IsEmpty)
                return default;
            if (length > 0)
                Append(ref _series, ref length, "/"u8);
            Append(ref _series, ref length, value);
        }

        return _series.AsSpan(0, length);
    }

    /// <summary>Prepares the names of a line's features.</summary>
    public void BeginFeatures(Line line)
    {
        _prefix = 0;
        if (!_namesMeasurement)
            AppendPrefix(line.Measurement);
        if (whole)
            return;
        foreach (Line.Tag tag in line.Tags)
        {
            if (!IsPart(line[tag.Key]))
                AppendPrefix(line[tag.Value]);
        }
    }

    /// <summary>Name of the feature of a field.</summary>
    public ReadOnlySpan<byte> Feature(ReadOnlySpan<byte> field)
    {
        int length = _prefix;
        Append(ref _feature, ref length, field);
        return _feature.AsSpan(0, length);
    }

    private bool IsPart(ReadOnlySpan<byte> key)
    {
        foreach (byte[] part in _parts)
        {
            if (key.SequenceEqual(part))
                return true;
        }

        return false;
    }

    private void AppendPrefix(ReadOnlySpan<byte> text)
    {
        Append(ref _feature, ref _prefix, text);
        Append(ref _feature, ref _prefix, "."u8);
    }

    private static void Append(ref byte[] buffer, ref int length, ReadOnlySpan<byte> text)
    {
        if (length + text.Length > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + text.Length));
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }
}
