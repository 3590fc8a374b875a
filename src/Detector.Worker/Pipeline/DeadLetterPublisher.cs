using Detector.Worker.Contracts;
using Detector.Worker.Publishing;
using Detector.Worker.Telemetry.Logging;

namespace Detector.Worker.Pipeline;

/// <summary>Counts, logs and passes on the messages of one source that cannot be used. On the source's thread.</summary>
internal sealed class DeadLetterPublisher(
    string source, ISink? sink, ILogger log, LaneCounters counters, TimeProvider clock, CancellationToken giveUp) : IDeadLetters
{
    private readonly RateLimitedLog _limit = new(TimeSpan.FromSeconds(10), clock);

    public void Accept(in RawMessage message, DropReason reason)
    {
        counters.Dropped(reason);
        if (_limit.Allows(reason.Label(), out long suppressed))
            log.MessageDropped(source, reason.Label(), message.Topic, message.Partition, message.Offset, suppressed);
        if (sink is null || message.Receipt.IsReplay)
            return;
        message.Receipt.Retain();
        sink.Publish(DeadLetterWriter.Write(source, message, reason), giveUp);
    }
}
