using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks;

/// <summary>Bytes that the threads of a flow have allocated so far: that of the source says so itself, those of scoring and deciding with each batch.</summary>
internal sealed class StageBytes(IStageTiming next) : IStageTiming
{
    private long _source, _scoring, _deciding;
    private (long Source, long Scoring, long Deciding) _from;

    public double Source => _source - _from.Source;

    public double Scoring => Interlocked.Read(ref _scoring) - _from.Scoring;

    public double Deciding => Interlocked.Read(ref _deciding) - _from.Deciding;

    /// <summary>On the thread of the source: what comes from here on counts.</summary>
    public void Begin()
    {
        CountSource();
        _from = (_source, Interlocked.Read(ref _scoring), Interlocked.Read(ref _deciding));
    }

    /// <summary>On the thread of the source.</summary>
    public void CountSource() => _source = GC.GetAllocatedBytesForCurrentThread();

    void IStageTiming.Scoring(PipelineBatch batch, Action<WindowBatch> work)
    {
        next.Scoring(batch, work);
        Interlocked.Exchange(ref _scoring, GC.GetAllocatedBytesForCurrentThread());
    }

    void IStageTiming.Deciding(PipelineBatch batch, Action<PipelineBatch> work)
    {
        next.Deciding(batch, work);
        Interlocked.Exchange(ref _deciding, GC.GetAllocatedBytesForCurrentThread());
    }
}
