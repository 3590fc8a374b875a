using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>Passes rows on but for a share that is dropped at random, the same ones for the same seed. The header always passes.</summary>
internal sealed class ThinnedInput(IMessageSink sink, double dropped, int seed) : IMessageSink
{
    private readonly Random _random = new(seed);

    /// <summary>How many of the first rows pass.</summary>
    public static int Passes(int rows, double dropped, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, rows).Count(_ => random.NextDouble() >= dropped);
    }

    public bool TryAccept(in RawMessage message) => (message.Offset > 0 && _random.NextDouble() < dropped) || sink.TryAccept(message);

    public void Idle() => sink.Idle();
}
