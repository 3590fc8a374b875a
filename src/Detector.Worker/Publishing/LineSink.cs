using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Writes each record's JSON as one line to a text stream and flushes it; a file or standard output.</summary>
internal sealed class LineSink(string name, Stream stream, bool leaveOpen) : ISink
{
    private readonly Lock _lock = new();

    public string Name { get; } = name;

    /// <exception cref="IOException">The stream does not take it; nothing after it could be trusted.</exception>
    public void Publish(in OutboundRecord record, CancellationToken giveUp)
    {
        lock (_lock)
        {
            stream.Write(record.Payload);
            stream.WriteByte((byte)'\n');
            stream.Flush();
        }

        record.Receipt.Release();
    }

    public int Flush(TimeSpan timeout) => 0;

    public void Dispose()
    {
        if (!leaveOpen)
            stream.Dispose();
    }
}
