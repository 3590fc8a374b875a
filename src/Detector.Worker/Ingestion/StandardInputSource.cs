using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Lines from the standard input, until it ends. They are read on a thread of their own, since reading from a terminal or pipe cannot be broken off;
/// there is nobody to acknowledge them to.
/// </summary>
internal sealed class StandardInputSource(string name, Stream input, int maxInFlight, int maxMessageBytes) : ISource
{
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(20);

    private readonly OffsetLedger _ledger = new(maxInFlight);
    private readonly System.Collections.Concurrent.BlockingCollection<byte[]> _lines = new(boundedCapacity: 1024);
    private volatile bool _ended;

    public string Name { get; } = name;

    public long Lag => _lines.Count;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        var reader = new Thread(() => Read(stop)) { Name = $"source {Name} reader", IsBackground = true };
        reader.Start();
        for (long number = 0; !stop.IsCancellationRequested;)
        {
            bool ended = _ended;
            if (!_lines.TryTake(out byte[]? line))
            {
                sink.Idle();
                if (ended || stop.WaitHandle.WaitOne(s_idle))
                    return;
                continue;
            }

            if (line.Length > 0 && !Deliver(line, number++, sink, stop))
                return;
        }
    }

    public void StoreFinished()
    {
    }

    public void Dispose() => _lines.Dispose();

    private void Read(CancellationToken stop)
    {
        try
        {
            using var lines = new LineReader(input, maxMessageBytes);
            while (!stop.IsCancellationRequested && lines.TryRead(out ReadOnlyMemory<byte> line))
                _lines.Add(line.ToArray(), stop);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The end, whichever way it came.
        }

        _ended = true;
    }

    private bool Deliver(byte[] line, long number, IMessageSink sink, CancellationToken stop)
    {
        Receipt receipt;
        while (!_ledger.TryBegin(number, out receipt))
        {
            sink.Exhausted();
            if (!Wait(sink, stop))
                return false;
        }

        var message = new RawMessage(line, "stdin"u8.ToArray(), "stdin", 0, number, receipt);
        while (!sink.TryAccept(message))
        {
            if (!Wait(sink, stop))
                return false;
        }

        return true;
    }

    private static bool Wait(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        return !stop.WaitHandle.WaitOne(s_busy);
    }
}
