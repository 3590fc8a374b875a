using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>A source that hands messages over from memory as fast as they are taken.</summary>
internal sealed class MemorySource(byte[][] messages, Action<int> progress) : ISource
{
    public string Name => "memory";

    public long Lag => 0;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        for (int i = 0; i < messages.Length && !stop.IsCancellationRequested; i++)
        {
            progress(i);
            RawMessage message = PlantMessages.Message(messages[i], i);
            while (!sink.TryAccept(message))
            {
                sink.Idle();
                Thread.Yield();
            }
        }
    }

    public void StoreFinished()
    {
    }

    public void Dispose()
    {
    }
}
