using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Pipeline;

public sealed class DeadLetterPublisherTests
{
    private readonly ClaimLedger _ledger = new();

    [Fact]
    public void Accept_NoSink_LeavesTheClaimAlone()
    {
        Accept(null);
        Assert.Empty(_ledger.Unfinished);
    }

    [Fact]
    public void Accept_Delivered_FinishesTheMessage()
    {
        var sink = new StubSink();
        Accept(sink);
        OutboundRecord record = Assert.Single(sink.Records);
        Assert.Equal("dead_letter", record.Kind);
        Assert.Contains(new KeyValuePair<string, string>("detector_reason", "malformed"), record.Headers);
        Assert.Empty(_ledger.Unfinished);
    }

    [Fact]
    public void Accept_NotDelivered_KeepsTheMessage()
    {
        Accept(new StubSink { IsStuck = true });
        Assert.Equal([0], _ledger.Unfinished);
    }

    private void Accept(ISink? sink)
    {
        var publisher = new DeadLetterPublisher(
            "source", sink, NullLogger.Instance, new LaneCounters(TestPipeline.Metrics().Source("source")), new FakeClock(), CancellationToken.None);
        var message = new RawMessage("{"u8.ToArray(), default, "topic", 0, 7, _ledger.Begin());
        publisher.Accept(message, DropReason.Malformed);
        message.Receipt.Release();
    }
}
