using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A source of given messages whose positions are kept, as Kafka's are. It begins where the state ends.</summary>
internal sealed class PositionedSource(IReadOnlyList<string> messages, int end, long? committed = null) : ISource, IReceiptLedger
{
    private long _saved = -1;

    /// <summary>Set when every message was handed over.</summary>
    public ManualResetEventSlim HandedOver { get; } = new();

    public ManualResetEventSlim Ended { get; } = new();

    /// <summary>Waits for the end of the flow rather than for its own.</summary>
    public bool StaysOpen { get; init; }

    /// <summary>Called before each message.</summary>
    public Action<int>? Before { get; init; }

    /// <summary>Whether a message may come yet; the source idles until it may.</summary>
    public Func<int, bool>? MayCome { get; init; }

    /// <summary>Where it began.</summary>
    public long Began { get; private set; }

    /// <summary>The newest position that is saved.</summary>
    public long SavedPosition => Volatile.Read(ref _saved);

    public string Name { get; init; } = "plant";

    public long Lag => 0;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        try
        {
            Began = sink.Assigned(this, "sensors-0", committed)?.Position ?? 0;
            for (int i = (int)Began; i < end; i++)
            {
                Before?.Invoke(i);
                while (MayCome?.Invoke(i) == false)
                {
                    sink.Idle();
                    if (stop.WaitHandle.WaitOne(1))
                        return;
                }

                var message = new RawMessage(Encoding.UTF8.GetBytes(messages[i]), default, "sensors", 0, i, new Receipt(this, i));
                while (!sink.TryAccept(message))
                {
                    sink.Idle();
                    if (stop.WaitHandle.WaitOne(1))
                        return;
                }
            }

            HandedOver.Set();
            while (StaysOpen && !stop.WaitHandle.WaitOne(1))
                sink.Idle();
        }
        finally
        {
            Ended.Set();
        }
    }

    public void Retain(long ticket)
    {
    }

    public void Release(long ticket)
    {
    }

    public void Saved(long position) => Volatile.Write(ref _saved, position);

    public void StoreFinished()
    {
    }

    public void Dispose()
    {
    }
}
