using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>The rows of a file that are left. The header always is.</summary>
internal sealed class ThinnedInput(IMessageSink sink, Thinning thinning) : IMessageSink
{
    private int _row = -1;

    public bool TryAccept(in RawMessage message)
    {
        int row = _row++;
        return (row >= 0 && thinning.Drops(row)) || sink.TryAccept(message);
    }

    public void Idle() => sink.Idle();
}
