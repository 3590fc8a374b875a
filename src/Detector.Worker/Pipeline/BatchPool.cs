using System.Collections.Concurrent;

namespace Detector.Worker.Pipeline;

/// <summary>Batches that are free to be filled. The queues bound how many there are.</summary>
internal sealed class BatchPool(int capacity)
{
    private readonly ConcurrentBag<PipelineBatch> _free = [];

    public PipelineBatch Rent() => _free.TryTake(out PipelineBatch? batch) ? batch : new PipelineBatch(capacity);

    public void Return(PipelineBatch batch)
    {
        batch.Clear();
        _free.Add(batch);
    }
}
