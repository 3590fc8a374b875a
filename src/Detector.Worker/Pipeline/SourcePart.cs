using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>A source and how its lane is made; the lane belongs to the source's thread.</summary>
internal sealed record SourcePart(
    ISource Source, Func<BatchPool, BoundedQueue<PipelineBatch>, Action<SeriesState>, SourceLane> CreateLane);
