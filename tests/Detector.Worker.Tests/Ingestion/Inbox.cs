using System.Collections.Concurrent;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Ingestion;

/// <summary>Takes messages while it is open, and leaves the releasing of their receipts to the test unless told otherwise.</summary>
internal sealed class Inbox : IMessageSink
{
    private int _idles;
    private int _cutOffs;
    private int _refusals;
    private int _exhaustions;
    private int _lost;

    public ConcurrentQueue<(string Payload, string Key, string Topic, int Partition, long Offset, Receipt Receipt)> Messages { get; } = [];

    public volatile bool Open = true;

    public volatile bool ReleaseAtOnce = true;

    public bool KeepsState { get; init; }

    public int Idles => Volatile.Read(ref _idles);

    public int CutOffs => Volatile.Read(ref _cutOffs);

    public int Refusals => Volatile.Read(ref _refusals);

    public int Exhaustions => Volatile.Read(ref _exhaustions);

    public int LostMessages => Volatile.Read(ref _lost);

    public Action<int>? Accepted { get; set; }

    public bool TryAccept(in RawMessage message)
    {
        if (!Open)
        {
            Interlocked.Increment(ref _refusals);
            return false;
        }

        Messages.Enqueue((Encoding.UTF8.GetString(message.Payload.Span), Encoding.UTF8.GetString(message.Key.Span),
            message.Topic, message.Partition, message.Offset, message.Receipt));
        if (ReleaseAtOnce)
            message.Receipt.Release();
        Accepted?.Invoke(Messages.Count);
        return true;
    }

    public void Idle() => Interlocked.Increment(ref _idles);

    public void CutOff() => Interlocked.Increment(ref _cutOffs);

    public void Exhausted() => Interlocked.Increment(ref _exhaustions);

    /// <summary>Times up to which partitions are history.</summary>
    public ConcurrentQueue<long> Pasts { get; } = [];

    public void BeginsInThePast(IReceiptLedger ledger, long untilTicks) => Pasts.Enqueue(untilTicks);

    public void Lost(DropReason reason, int messages) => Interlocked.Add(ref _lost, messages);
}
