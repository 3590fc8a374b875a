using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Windows as a network reads them.</summary>
/// <param name="Windows">(N, D).</param>
/// <param name="Observed">(N, D), 1 where the value was measured, 0 where it was filled; null when nothing is missing.</param>
internal sealed record MaskedWindows(Tensor Windows, Tensor? Observed)
{
    /// <summary>Windows that are evaluated at a time.</summary>
    public const int EvaluationBatch = 1024;

    public int Count => (int)Windows.shape[0];

    /// <summary>The windows of a set on a device; on the CPU they share its memory.</summary>
    public static MaskedWindows Of(WindowSet set, Device device) => new(set.ToTensor(device), set.ToMask(device));

    /// <summary>The windows at some indices.</summary>
    public MaskedWindows At(Tensor indices) => new(Windows.index_select(0, indices), Observed?.index_select(0, indices));

    /// <summary>Mean over all windows of what <paramref name="measure"/> gives for a batch and its mask, without gradients.</summary>
    public double Mean(Func<Tensor, Tensor?, Tensor> measure)
    {
        using var noGrad = no_grad();
        double sum = 0;
        for (long at = 0; at < Count; at += EvaluationBatch)
        {
            using var scope = NewDisposeScope();
            long size = Math.Min(EvaluationBatch, Count - at);
            sum += measure(Windows.narrow(0, at, size), Observed?.narrow(0, at, size)).item<float>() * size;
        }

        return sum / Count;
    }
}
