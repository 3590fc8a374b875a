namespace Detector.Worker.Ingestion;

/// <summary>Cuts a stream of syslog over TCP into messages (RFC 6587): <c>LENGTH SPACE MESSAGE</c>, or lines. What is longer than allowed is cut one byte after the limit.</summary>
internal sealed class SyslogFrames(Stream stream, int maxBytes)
{
    private const int MaxDigits = 8;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken stop)
    {
        while (true)
        {
            if (_start < _end || await FillAsync(stop).ConfigureAwait(false))
            {
                if (_buffer[_start] is >= (byte)'1' and <= (byte)'9')
                    return await CountedAsync(stop).ConfigureAwait(false);
                byte[]? line = await LineAsync(0, stop).ConfigureAwait(false);
                if (line is not { Length: 0 })
                    return line;
                continue;
            }

            return null;
        }
    }

    private async Task<byte[]?> CountedAsync(CancellationToken stop)
    {
        int length = 0;
        for (int i = 0; ; i++)
        {
            while (_start + i >= _end)
            {
                if (!await FillAsync(stop).ConfigureAwait(false))
                    return null;
            }

            byte c = _buffer[_start + i];
            if (c == (byte)' ' && i > 0)
            {
                _start += i + 1;
                return await BytesAsync(length, stop).ConfigureAwait(false);
            }

            // A line that begins with a number.
            if (!char.IsAsciiDigit((char)c) || i == MaxDigits)
                return await LineAsync(i, stop).ConfigureAwait(false);
            length = length * 10 + c - '0';
        }
    }

    private async Task<byte[]?> BytesAsync(int length, CancellationToken stop)
    {
        byte[] message = new byte[Math.Min(length, maxBytes + 1)];
        int got = 0;
        while (got < length)
        {
            if (_start == _end && !await FillAsync(stop).ConfigureAwait(false))
                return null;
            int take = Math.Min(_end - _start, length - got);
            if (got < message.Length)
                _buffer.AsSpan(_start, Math.Min(take, message.Length - got)).CopyTo(message.AsSpan(got));
            _start += take;
            got += take;
        }

        return message;
    }

    private async Task<byte[]?> LineAsync(int searched, CancellationToken stop)
    {
        using var message = new MemoryStream();
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            int length = at < 0 ? _end - _start : searched + at;
            message.Write(_buffer, _start, (int)Math.Min(length, maxBytes + 1 - message.Length));
            _start += at < 0 ? length : length + 1;
            searched = 0;
            if (at >= 0 || !await FillAsync(stop).ConfigureAwait(false))
                return at < 0 && message.Length == 0 ? null : message.ToArray();
        }
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), stop).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
