namespace Detector.Worker.Decoding;

/// <summary>Splits one CSV record (RFC 4180) into its fields, in buffers that are reused for the next one.</summary>
internal sealed class CsvFields
{
    private (int Start, int Length)[] _fields = new (int, int)[32];
    private byte[] _text = new byte[512];
    private int _length;

    /// <summary>Number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>A field without its quotes, trimmed of spaces unless it was quoted.</summary>
    public ReadOnlySpan<byte> this[int index] => _text.AsSpan(_fields[index].Start, _fields[index].Length);

    /// <summary>Takes the next record off the text.</summary>
    /// <returns>False when its quotes do not match; the text is then cut after the line.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> text, byte separator)
    {
        Count = 0;
        _length = 0;
        int at = 0;
        bool more = true;
        bool sound = true;
        while (more && sound)
        {
            at = SkipSpaces(text, at, separator);
            sound = at < text.Length && text[at] == '"' ? TryQuoted(text, ref at, separator) : TryPlain(text, ref at, separator);
            more = sound && at < text.Length && text[at] == separator;
            at += more ? 1 : 0;
        }

        int end = text[at..].IndexOf((byte)'\n');
        text = end < 0 ? default : text[(at + end + 1)..];
        return sound;
    }

    private bool TryPlain(ReadOnlySpan<byte> text, ref int at, byte separator)
    {
        int length = text[at..].IndexOfAny(separator, (byte)'\n');
        if (length < 0)
            length = text.Length - at;
        ReadOnlySpan<byte> field = text.Slice(at, length).TrimEnd(" \r\t"u8);
        Append(field, _length);
        Complete(field.Length);
        at += length;
        return field.IndexOf((byte)'"') < 0;
    }

    private bool TryQuoted(ReadOnlySpan<byte> text, ref int at, byte separator)
    {
        int length = 0;
        at++;
        while (true)
        {
            int run = text[at..].IndexOf((byte)'"');
            if (run < 0)
                return false;
            Append(text.Slice(at, run), _length + length);
            length += run;
            at += run + 1;
            if (at == text.Length || text[at] != '"')
                break;
            Append("\""u8, _length + length);
            length++;
            at++;
        }

        Complete(length);
        at = SkipSpaces(text, at, separator);
        if (at < text.Length && text[at] == '\r')
            at++;
        return at == text.Length || text[at] == separator || text[at] == '\n';
    }

    private void Complete(int length)
    {
        if (Count == _fields.Length)
            Array.Resize(ref _fields, Count * 2);
        _fields[Count++] = (_length, length);
        _length += length;
    }

    private void Append(ReadOnlySpan<byte> text, int at)
    {
        if (at + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, at + text.Length));
        text.CopyTo(_text.AsSpan(at));
    }

    private static int SkipSpaces(ReadOnlySpan<byte> text, int at, byte separator)
    {
        while (at < text.Length && text[at] != separator && (text[at] == ' ' || text[at] == '\t'))
            at++;
        return at;
    }
}
