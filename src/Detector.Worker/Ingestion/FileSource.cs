using System.IO.Compression;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>Reads a file once, line by line; .gz files are unpacked on the way. Each line is a message whose offset is its number from 0.</summary>
internal sealed class FileSource : ISource
{
    private const int BufferBytes = 64 * 1024;
    private const byte LineFeed = (byte)'\n';
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(1);
    private readonly Stream _stream;
    private readonly string _topic;
    private readonly OffsetLedger _ledger;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _ended;
    private long _line;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileSource(string name, string path, int maxInFlight)
    {
        Name = name;
        _topic = Path.GetFileName(path);
        _ledger = new OffsetLedger(maxInFlight);
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public string Name { get; }

    public bool IsReady => true;

    public long Lag => 0;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && TryReadLine(out ReadOnlyMemory<byte> line))
        {
            if (line.IsEmpty)
            {
                _line++;
                continue;
            }

            Receipt receipt;
            while (!_ledger.TryBegin(_line, out receipt))
            {
                sink.Exhausted();
                if (!Wait(sink, stop))
                    return;
            }

            var message = new RawMessage(line, default, _topic, 0, _line, receipt);
            while (!sink.TryAccept(message))
            {
                if (!Wait(sink, stop))
                    return;
            }

            _line++;
        }
    }

    /// <summary>A file has no group to tell; it is read from the start again.</summary>
    public void StoreFinished()
    {
    }

    private static bool Wait(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        return !stop.WaitHandle.WaitOne(s_retry);
    }

    private bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (length >= 0)
            {
                line = Trim(_buffer.AsMemory(_start, searched + length));
                _start += searched + length + 1;
                return true;
            }

            searched = _end - _start;
            if (_ended)
            {
                line = Trim(_buffer.AsMemory(_start, searched));
                _start = _end;
                return searched > 0;
            }

            Fill();
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
        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) =>
        line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;

    public void Dispose() => _stream.Dispose();
}
