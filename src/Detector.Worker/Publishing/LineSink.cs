using System.Buffers;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>
/// Writes each record's JSON as one line to a stream, at once; a file or standard output. A file that does not take it (a full disk) is tried again
/// for as long as that lasts; a closed standard output is an error.
/// </summary>
/// <param name="stream">Unbuffered, or flushed by its owner's own means.</param>
/// <param name="onError">Told <c>io</c> for every failed attempt.</param>
internal sealed class LineSink(string name, Stream stream, bool leaveOpen, ILogger log, Action<string> onError) : ISink
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private int _undelivered;

    public string Name { get; } = name;

    /// <exception cref="IOException">Standard output was closed.</exception>
    public void Publish(in OutboundRecord record, CancellationToken stop)
    {
        int length = record.Payload.Length + 1;
        byte[] line = ArrayPool<byte>.Shared.Rent(length);
        record.Payload.CopyTo(line, 0);
        line[length - 1] = (byte)'\n';
        bool written;
        lock (_lock)
            written = Write(line.AsSpan(0, length), stop);
        ArrayPool<byte>.Shared.Return(line);
        if (written)
            record.Receipt.Release();
        else
            Interlocked.Increment(ref _undelivered);
    }

    public int Flush(TimeSpan timeout) => Volatile.Read(ref _undelivered);

    public void Dispose()
    {
        if (!leaveOpen)
            stream.Dispose();
    }

    private bool Write(ReadOnlySpan<byte> line, CancellationToken stop)
    {
        TimeSpan pause = s_firstPause;
        while (!TryWrite(line, pause))
        {
            if (stop.WaitHandle.WaitOne(pause))
                return false;
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }

        return true;
    }

    private bool TryWrite(ReadOnlySpan<byte> line, TimeSpan pause)
    {
        long start = stream.CanSeek ? stream.Position : 0;
        try
        {
            // What a failed attempt left of the line is taken away again.
            if (stream.CanSeek && stream.Length > start)
                stream.SetLength(start);
            stream.Write(line);
            stream.Flush();
            return true;
        }
        catch (IOException error) when (stream.CanSeek)
        {
            onError("io");
            log.SinkRetries(Name, "the file", error.Message, pause.TotalSeconds);
            stream.Position = start;
            return false;
        }
    }
}
