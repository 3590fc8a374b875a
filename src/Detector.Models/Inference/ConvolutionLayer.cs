using static TorchSharp.torch;

namespace Detector.Models.Inference;

/// <summary>Filters over the rows of a window, as a network describes them.</summary>
/// <param name="Rows">Rows of the input.</param>
/// <param name="OutputRows">Rows of the output.</param>
/// <param name="Channels">Values of an input row.</param>
/// <param name="Weight">What each output channel takes of each tap and input channel, (outputs, taps, channels).</param>
/// <param name="Bias">(outputs).</param>
/// <param name="Direction">Whether it halves the time, doubles it or leaves it.</param>
internal sealed record ConvolutionLayer(int Rows, int OutputRows, int Channels, float[] Weight, float[] Bias, LayerActivation Activation, TimeScale Direction)
{
    public int Outputs => Bias.Length;

    public int Taps => Weight.Length / (Outputs * Channels);

    /// <summary>Rows of zeros that lie before the first row, and behind the last.</summary>
    private int Padding => Taps / 2;

    /// <param name="weight">As torch lays it out: (outputs, channels, taps), or where it doubles the time (channels, outputs, taps).</param>
    public static ConvolutionLayer Of(Tensor weight, Tensor bias, LayerActivation activation, int rows, int outputRows, TimeScale direction)
    {
        using var scope = NewDisposeScope();
        Tensor ordered = direction == TimeScale.Doubled ? weight.permute(1, 2, 0) : weight.permute(0, 2, 1); // (outputs, taps, channels)
        return new ConvolutionLayer(rows, outputRows, (int)ordered.shape[2], AffineLayer.Values(ordered), AffineLayer.Values(bias), activation, direction);
    }

    /// <summary>The rows that output rows <paramref name="first"/> to <paramref name="last"/> are made of, those of zeros included.</summary>
    public (int First, int Last) Reach(int first, int last) => Direction switch
    {
        TimeScale.Halved => (2 * first - Padding, 2 * last - Padding + Taps - 1),
        TimeScale.Doubled => (CeilingHalf(first + Padding - Taps + 1), Math.Max(CeilingHalf(first + Padding - Taps + 1), (last + Padding) >> 1)),
        _ => (first, last),
    };

    /// <summary>The passes of one set of filters each that make output rows <paramref name="first"/> to <paramref name="last"/>.</summary>
    /// <param name="width">Values between two input rows.</param>
    public IEnumerable<ConvolutionPass> Passes(int first, int last, int width)
    {
        if (Direction != TimeScale.Doubled)
        {
            int[] taps = [.. Enumerable.Range(0, Taps)];
            int step = Direction == TimeScale.Halved ? 2 : 1;
            yield return new ConvolutionPass(new PackedLayer(Filters(taps, width)), step * first - Padding, step, first, 1, last - first + 1);
            yield break;
        }

        // Output row o is made of input rows (o + padding − tap) / 2: even rows by every other tap, odd ones by the others.
        for (int output = first; output <= Math.Min(first + 1, last); output++)
        {
            int[] taps = [.. Enumerable.Range(0, Taps).Where(tap => ((output + Padding - tap) & 1) == 0).Reverse()];
            int begin = taps.Length == 0 ? Reach(first, last).First : (output + Padding - taps[0]) / 2;
            yield return new ConvolutionPass(new PackedLayer(Filters(taps, width)), begin, 1, output, 2, (last - output) / 2 + 1);
        }
    }

    private static int CeilingHalf(int value) => (value + 1) >> 1;

    /// <summary>Some taps as one layer over as many rows, one after the other.</summary>
    private AffineLayer Filters(int[] taps, int width)
    {
        float[] weight = new float[Outputs * taps.Length * width];
        for (int output = 0; output < Outputs; output++)
        {
            for (int i = 0; i < taps.Length; i++)
                Weight.AsSpan((output * Taps + taps[i]) * Channels, Channels).CopyTo(weight.AsSpan((output * taps.Length + i) * width));
        }

        return new AffineLayer(taps.Length * width, weight, Bias, Activation);
    }
}
