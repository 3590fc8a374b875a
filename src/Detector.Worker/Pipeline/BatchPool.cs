namespace Detector.Worker.Pipeline;

/// <summary>
/// Batches that are free to be filled; the queues bound how many there are. The one that came back last goes out first, for it is the one whose memory
/// is still in the processor's caches.
/// </summary>
internal sealed class BatchPool(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Stack<PipelineBatch> _free = [];

    public PipelineBatch Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out PipelineBatch? batch))
                return batch;
        }

        return new PipelineBatch(capacity);
    }

    public void Return(PipelineBatch batch)
    {
        batch.Clear();
        lock (_lock)
            _free.Push(batch);
    }
}
