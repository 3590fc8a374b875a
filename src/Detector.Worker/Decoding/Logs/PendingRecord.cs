using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>The latest line of one stream, a partition or file, with the lines that belong to it, until a line comes that does not.</summary>
internal sealed class PendingRecord
{
    /// <summary>Bytes of a record that are kept.</summary>
    public const int MaxBytes = 64 * 1024;

    private byte[] _text = new byte[512];
    private int _length;

    /// <summary>Length of its first line.</summary>
    public int HeadLength { get; private set; }

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    public bool IsEmpty => HeadLength == 0;

    /// <summary>Series that the message names; may be empty.</summary>
    public byte[] Series { get; private set; } = [];

    /// <summary>Time of a line that says none, UTC ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>Time of the line before, UTC ticks; 0 when there was none.</summary>
    public long LastTicks { get; set; }

    public void Begin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> series, long ticks)
    {
        _length = 0;
        Append(line);
        HeadLength = _length;
        if (!series.SequenceEqual(Series))
            Series = series.ToArray();
        Ticks = ticks;
    }

    public void Continue(ReadOnlySpan<byte> line)
    {
        Append("\n"u8);
        Append(line);
    }

    public void Clear()
    {
        HeadLength = 0;
        _length = 0;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write<byte>(Text);
        writer.Write(HeadLength);
        writer.Write<byte>(Series);
        writer.Write(Ticks);
        writer.Write(LastTicks);
    }

    public void Load(BinaryReader reader)
    {
        Append(reader.ReadArray<byte>());
        HeadLength = reader.ReadInt32();
        Series = reader.ReadArray<byte>();
        Ticks = reader.ReadInt64();
        LastTicks = reader.ReadInt64();
    }

    /// <summary>Whether a line belongs to the one before it: indented, or as stack traces go on.</summary>
    public static bool Continues(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
            return true;
        if (line.StartsWith("Caused by: "u8) || line.StartsWith("Traceback (most recent call last)"u8) || line.StartsWith("... "u8))
            return true;
        return Exception(line).Length > 0;
    }

    /// <summary>The name of the exception that a line begins with, as in <c>java.io.IOException: …</c> or <c>ValueError: …</c>; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Exception(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("Caused by: "u8))
            line = line[11..];
        int end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit((char)line[end]) || line[end] is (byte)'.' or (byte)'_' or (byte)'$'))
            end++;
        ReadOnlySpan<byte> name = line[..end];
        bool ends = end == line.Length || line[end] == (byte)':';
        return ends && (name.EndsWith("Exception"u8) || name.EndsWith("Error"u8)) && name.Length > 9 ? name : default;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxBytes - _length)];
        if (_length + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
