namespace Detector.Worker.Ingestion;

/// <summary>Splits a stream into lines in one buffer that is reused. A longer line than allowed is cut one byte after the limit and the rest skipped.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const byte LineFeed = (byte)'\n';
    private readonly int _keep = Math.Min(maxLineBytes, 1 << 29) + 1;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The next line without its end, valid until the next call; false after the last.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (length >= 0)
            {
                line = Cut(_buffer.AsMemory(_start, searched + length));
                _start += searched + length + 1;
                return true;
            }

            searched = _end - _start;
            // A line end of two bytes may yet turn up behind a line of just the allowed length.
            if (searched > _keep && !_ended)
            {
                line = _buffer.AsMemory(_start, _keep);
                SkipLine();
                return true;
            }

            if (_ended)
            {
                line = Cut(_buffer.AsMemory(_start, searched));
                _start = _end;
                return searched > 0;
            }

            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Reads to the end of the line that begins at the start, and leaves its first bytes where they are.</summary>
    private void SkipLine()
    {
        int keep = _start + _keep;
        while (true)
        {
            int at = _buffer.AsSpan(keep, _end - keep).IndexOf(LineFeed);
            if (at >= 0)
            {
                _start = keep + at + 1;
                return;
            }

            int read = stream.Read(_buffer, keep, _buffer.Length - keep);
            _end = keep + read;
            if (read > 0)
                continue;
            _ended = true;
            _start = _end;
            return;
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }

    private ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> line)
    {
        if (line.Length > 0 && line.Span[^1] == (byte)'\r')
            line = line[..^1];
        return line.Length > _keep ? line[.._keep] : line;
    }
}
