using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>Hands over messages from memory until the models are trained, waits to be told, and then so many of another source.</summary>
internal sealed class WarmedSource(byte[][] warmup, Func<bool> isTrained, ISource source, int messages) : ISource
{
    public ManualResetEventSlim Warmed { get; } = new();

    public ManualResetEventSlim Begin { get; } = new();

    public string Name => source.Name;

    public long Lag => 0;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        new MemorySource(warmup, _ => { }).Run(sink, stop);
        while (!isTrained())
        {
            sink.Idle();
            Thread.Sleep(1);
        }

        Warmed.Set();
        Begin.Wait(stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        source.Run(new Counted(sink, messages, end), end.Token);
    }

    public void StoreFinished() => source.StoreFinished();

    public void Dispose()
    {
        source.Dispose();
        Warmed.Dispose();
        Begin.Dispose();
    }

    /// <summary>Ends the source after its last message.</summary>
    private sealed class Counted(IMessageSink sink, int messages, CancellationTokenSource end) : IMessageSink
    {
        private int _left = messages;

        public bool TryAccept(in RawMessage message)
        {
            if (!sink.TryAccept(message))
                return false;
            if (--_left == 0)
                end.Cancel();
            return true;
        }

        public void Idle() => sink.Idle();

        public void Exhausted() => sink.Exhausted();

        public void Lost(DropReason reason, int messages) => throw new InvalidOperationException($"{messages} messages were dropped: {reason}.");
    }
}
