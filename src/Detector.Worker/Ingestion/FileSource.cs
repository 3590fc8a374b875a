using System.IO.Compression;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Reads a file once, line by line; .gz files are unpacked on the way. Each line is a message whose offset is its number from 0; topic and key are
/// the file's name without its extensions.
/// </summary>
internal sealed class FileSource : ISource
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(1);
    private readonly LineReader _lines;
    private readonly string _topic;
    private readonly byte[] _key;
    private readonly OffsetLedger _ledger;
    private readonly Pace? _pace;

    /// <param name="maxMessageBytes">What a line holds beyond this is not read; its first byte is, so that the decoder sees that it is too large.</param>
    /// <param name="rowsPerSecond">Lines handed over in a second; null as fast as they are taken.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileSource(string name, string path, int maxInFlight, int maxMessageBytes, double? rowsPerSecond = null, TimeProvider? clock = null)
    {
        Name = name;
        bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        _topic = Path.GetFileNameWithoutExtension(packed ? Path.GetFileNameWithoutExtension(path) : path);
        _key = Encoding.UTF8.GetBytes(_topic);
        _ledger = new OffsetLedger(maxInFlight);
        _pace = rowsPerSecond is { } rate ? new Pace(rate, clock ?? TimeProvider.System) : null;
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _lines = new LineReader(packed ? new GZipStream(file, CompressionMode.Decompress) : file, maxMessageBytes);
    }

    public string Name { get; }

    public bool IsReady => true;

    public long Lag => 0;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        for (long number = 0; !stop.IsCancellationRequested && _lines.TryRead(out ReadOnlyMemory<byte> line); number++)
        {
            if (line.IsEmpty)
                continue;
            Receipt receipt;
            while (_pace?.IsEarly == true || !_ledger.TryBegin(number, out receipt))
            {
                if (_pace?.IsEarly != true)
                    sink.Exhausted();
                if (!Wait(sink, stop))
                    return;
            }

            var message = new RawMessage(line, _key, _topic, 0, number, receipt);
            while (!sink.TryAccept(message))
            {
                if (!Wait(sink, stop))
                    return;
            }

            _pace?.Count();
        }
    }

    /// <summary>A file has no group to tell; it is read from the start again.</summary>
    public void StoreFinished()
    {
    }

    public void Dispose() => _lines.Dispose();

    private static bool Wait(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        return !stop.WaitHandle.WaitOne(s_retry);
    }
}
