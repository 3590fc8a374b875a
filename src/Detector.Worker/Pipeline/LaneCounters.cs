using Detector.Worker.Contracts;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>What one source thread counts. Allocates nothing.</summary>
internal sealed class LaneCounters(SourceMetrics metrics)
{
    private long _messages;
    private long _newestTicks;

    /// <summary>Messages taken.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Newest event time, UTC ticks; 0 before the first sample.</summary>
    public long NewestTicks => Interlocked.Read(ref _newestTicks);

    /// <summary>Event time against arrival time.</summary>
    public ClockSkew Skew { get; } = new();

    public void Message(int count = 1)
    {
        Volatile.Write(ref _messages, _messages + count);
        metrics.Message(count);
    }

    public void Missed(int messages) => metrics.Missed(messages);

    public void Dropped(DropReason reason, int count = 1) => metrics.Dropped(reason, count);

    /// <summary>Values of a decoded sample that were no usable numbers.</summary>
    public void Values(DecodedSample sample)
    {
        metrics.ValuesRejected(ValueFault.NotFinite, sample.NotFinite);
        metrics.ValuesRejected(ValueFault.WrongType, sample.WrongType);
    }

    /// <summary>Samples, beside others of their message, that never came as far as a series of the pipeline.</summary>
    public static void Dropped(PipelineRuntime pipeline, DropReason reason, int samples)
    {
        for (int i = 0; i < samples; i++)
            pipeline.Metrics.SampleDropped(reason);
    }

    /// <summary>What became of a sample in a pipeline.</summary>
    public void Sample(PipelineRuntime pipeline, long ticks, DropReason reason, int unknown)
    {
        metrics.ValuesRejected(ValueFault.UnknownFeature, unknown);
        if (reason != DropReason.None)
        {
            pipeline.Metrics.SampleDropped(reason);
            return;
        }

        pipeline.Metrics.Sample();
        if (ticks > _newestTicks)
            Volatile.Write(ref _newestTicks, ticks);
    }
}
