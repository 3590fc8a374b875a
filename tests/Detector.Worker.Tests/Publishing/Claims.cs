using System.Collections.Concurrent;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Publishing;

/// <summary>Hands out receipts and remembers the order in which they were released.</summary>
internal sealed class Claims : IReceiptLedger
{
    public ConcurrentQueue<long> Released { get; } = [];

    public void Retain(long ticket) => throw new InvalidOperationException("A sink does not retain.");

    public void Release(long ticket) => Released.Enqueue(ticket);

    public OutboundRecord Record(int number, int bytes = 0) => new(
        "alert", "pump-1"u8.ToArray(), Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}").PadLeft(bytes, 'x')),
        [new("ce_id", FormattableString.Invariant($"id-{number}")), new("ce_subject", "pümp")], new Receipt(this, number));
}
