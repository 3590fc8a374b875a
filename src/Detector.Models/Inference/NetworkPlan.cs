namespace Detector.Models.Inference;

/// <summary>
/// A trained network, compiled for scoring: packed weights and fused activations, no tensors, and only what is asked for. Immutable; what it works in
/// belongs to the caller. Windows get the same bits whatever they are run with.
/// </summary>
internal abstract class NetworkPlan
{
    /// <summary>Values of a window's result: the whole reconstruction, or its newest row.</summary>
    public abstract int Outputs { get; }

    /// <summary>Values between the results of two windows.</summary>
    public abstract int OutputStride { get; }

    /// <summary>Multiplications and additions that a window takes.</summary>
    public abstract long Operations { get; }

    /// <summary>Memory of the weights, bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>Runs windows through the network.</summary>
    /// <param name="windows">(rows, D) scaled values, rows <paramref name="stride"/> apart.</param>
    /// <param name="rows">Windows.</param>
    /// <param name="scratch">What it works in.</param>
    /// <returns>(rows, <see cref="OutputStride"/>), of each row the first <see cref="Outputs"/>; in the scratch, valid until it is used again.</returns>
    public abstract AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch);
}
