using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Deals windows into batches: each once, in a new random order every time round; what is left at the end of a round is dealt in the next.</summary>
/// <param name="count">N, windows.</param>
/// <param name="size">Windows in a batch; all of them if there are fewer.</param>
/// <param name="noise">Where the orders come from.</param>
/// <param name="device">Where the indices are wanted.</param>
internal sealed class BatchOrder(int count, int size, Generator noise, Device device) : IDisposable
{
    private readonly int _size = Math.Min(size, count);
    private Tensor _order = Shuffled(count, noise, device); // (N)
    private int _next;

    /// <summary>Indices of the next batch, (B).</summary>
    public Tensor Next()
    {
        if (_next + _size > count)
        {
            _order.Dispose();
            _order = Shuffled(count, noise, device);
            _next = 0;
        }

        _next += _size;
        return _order.narrow(0, _next - _size, _size);
    }

    public void Dispose() => _order.Dispose();

    private static Tensor Shuffled(int count, Generator noise, Device device)
    {
        using var scope = NewDisposeScope();
        return randperm(count, generator: noise).to(device).DetachFromDisposeScope();
    }
}
