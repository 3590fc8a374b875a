namespace Detector.Worker.Ingestion;

/// <summary>Lines of a file that grows and is rotated. A longer line than allowed is cut one byte after the limit and the rest skipped.</summary>
internal sealed partial class TailReader : IDisposable
{
    private const int OffsetBits = 44;
    private const int BufferBytes = 64 * 1024;

    private readonly string _path;
    private readonly int _maxLineBytes;
    private readonly Dictionary<int, TailFile> _files = [];
    private TailFile? _file;
    private bool _fromStart;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private long _offset; // of the buffer's start in the file
    private bool _skipping;
    private int _number;

    /// <param name="place">Where an earlier run has read to; null when there was none.</param>
    /// <param name="number">Number of the file that is read first: places grow from run to run.</param>
    public TailReader(string path, int maxLineBytes, bool fromStart, TailPlace? place, int number)
    {
        _number = number;
        _path = path;
        _maxLineBytes = maxLineBytes;
        _fromStart = fromStart || place is not null;
        if (place is not null && Find(place) is { } found)
        {
            Take(found);
            found.Seek(place.Offset);
            _offset = place.Offset;
        }
        else if (place is not null)
        {
            // What was read is gone: whatever is read next is another file.
            _number++;
        }
    }

    /// <summary>Bytes between what was read and the end of the file.</summary>
    public long Behind => _file is { } file ? Math.Max(0, file.Length - file.Position) : 0;

    /// <summary>The next whole line, valid until the next call, and the place of its last byte; false while there is none.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line, out long place)
    {
        while (true)
        {
            if (TryTakeLine(out line, out place))
                return true;
            if (_file is null ? !TryOpen() : !TryFill() && !TryFollow())
                return false;
        }
    }

    /// <summary>Number of the file that a place is in.</summary>
    public static int FileOf(long place) => (int)(place >> OffsetBits);

    /// <summary>The place behind a line, as another run finds it.</summary>
    /// <returns>Null when the file is gone.</returns>
    public TailPlace? PlaceOf(long next) => _files.TryGetValue(FileOf(next), out TailFile? file) ? file.Place(next & ((1L << OffsetBits) - 1)) : null;

    /// <summary>The same for a line that is finished: files before it are not needed any more.</summary>
    public TailPlace? Place(long next)
    {
        int number = FileOf(next);
        foreach (int done in _files.Keys.Where(known => known < number).ToArray())
        {
            _files[done].Dispose();
            _files.Remove(done);
        }

        return PlaceOf(next);
    }

    public void Dispose()
    {
        foreach (TailFile file in _files.Values)
            file.Dispose();
    }

    private bool TryTakeLine(out ReadOnlyMemory<byte> line, out long place)
    {
        line = default;
        place = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length < 0 && !_skipping && _end - _start > _maxLineBytes)
            {
                // Too long: what is kept goes out when its end has come, so that it counts as read only then.
                line = _buffer.AsMemory(_start, _maxLineBytes + 1);
                place = At(_start + _maxLineBytes);
                _start = _end;
                _skipping = true;
                return true;
            }

            if (length < 0)
            {
                if (_skipping)
                    _start = _end;
                return false;
            }

            int from = _start;
            _start += length + 1;
            place = At(_start - 1);
            if (_skipping)
            {
                _skipping = false;
                continue;
            }

            line = _buffer.AsMemory(from, length > 0 && _buffer[from + length - 1] == (byte)'\r' ? length - 1 : length);
            return true;
        }
    }

    private bool TryFill()
    {
        if (_file!.Length < _file.Position)
        {
            // Truncated in place: it begins anew under the same name.
            TailFile? again = TailFile.TryOpen(_path, ++_number);
            if (again is null)
                return false;
            Take(again);
            return true;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _offset += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = _file.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    private bool TryOpen()
    {
        TailFile? file = TailFile.TryOpen(_path, _number);
        if (file is null)
        {
            // What appears from now on is new as a whole.
            _fromStart = true;
            return false;
        }

        Take(file);
        if (!_fromStart)
        {
            file.Seek(file.Length);
            _offset = file.Length;
        }

        _fromStart = true;
        return true;
    }

    private void Take(TailFile file)
    {
        _file = file;
        _files[file.Number] = file;
        (_start, _end, _offset, _skipping) = (0, 0, 0, false);
    }

    private long At(int index) => ((long)_file!.Number << OffsetBits) | (_offset + index);
}
