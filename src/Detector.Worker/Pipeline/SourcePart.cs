using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>A source and how its lane is made; the lane belongs to the source's thread.</summary>
internal sealed record SourcePart(
    ISource Source, Func<BatchPool, BoundedQueue<PipelineBatch>, Action<SeriesState>, SourceLane> CreateLane)
{
    /// <summary>Takes the messages of a source that brings no samples; null for one that does.</summary>
    public IMessageSink? Receiver { get; private init; }

    /// <summary>A source whose messages are no samples.</summary>
    public static SourcePart Of(ISource source, IMessageSink receiver) =>
        new(source, (_, _, _) => throw new InvalidOperationException($"Source {source.Name} brings no samples.")) { Receiver = receiver };
}
