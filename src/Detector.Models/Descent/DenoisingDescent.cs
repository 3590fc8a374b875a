using System.Numerics;
using Detector.Models.Autoencoders;
using Detector.Models.Inference;

namespace Detector.Models.Descent;

/// <summary>A denoising autoencoder: the window goes in corrupted, as <see cref="DenoisingAutoencoder"/> says.</summary>
internal sealed class DenoisingDescent(Autoencoder network, Perceptron encoder, Perceptron decoder, LayerActivation code, int rows)
    : DescentNetwork(network, encoder, decoder, code, rows)
{
    private readonly DescentBatch _corrupted = new(network.Dimensions, rows);
    private readonly float[] _hide = new float[rows], _keep = new float[rows * network.Dimensions.Size], _jitter = new float[rows * network.Dimensions.Size];
    private readonly int[] _others = new int[rows];

    protected override ReadOnlySpan<float> Input(DescentBatch batch, TorchRandom? noise)
    {
        bool hides = Network.HidesNewestRow;
        if (noise is null && !hides)
            return batch.Windows;
        int size = Network.Dimensions.Size, features = Network.Dimensions.Features, count = batch.Count;
        Span<float> hide = _hide.AsSpan(0, count);
        if (hides && noise is not null)
            noise.Uniform(hide);
        batch.Windows[..(count * batch.Stride)].CopyTo(_corrupted.Windows);
        for (int i = 0; hides && i < count; i++)
        {
            Span<float> window = _corrupted.Window(i);
            if (noise is null || hide[i] < 0.5f)
                window.Slice(size - 2 * features, features).CopyTo(window[^features..]);
        }

        if (noise is not null)
            Corrupt(batch, noise, size, count);
        return _corrupted.Windows;
    }

    private void Corrupt(DescentBatch batch, TorchRandom noise, int size, int count)
    {
        NetworkOptions options = Network.Options;
        Span<float> keep = _keep.AsSpan(0, count * size), jitter = _jitter.AsSpan(0, count * size);
        noise.Uniform(keep);
        noise.Normal(jitter);
        float masking = (float)options.CorruptionMasking, deviation = (float)options.CorruptionNoise;
        for (int i = 0; i < count; i++)
            Corrupt(_corrupted.Window(i), keep.Slice(i * size, size), jitter.Slice(i * size, size), masking, deviation);
        if (options.CorruptionSwap == 0)
            return;
        Span<int> others = _others.AsSpan(0, count);
        noise.Permutation(others);
        noise.Uniform(keep);
        for (int i = 0; i < count; i++)
        {
            Span<float> window = _corrupted.Window(i), other = batch.Window(others[i]);
            for (int j = 0; j < size; j++)
                window[j] = keep[i * size + j] < (float)options.CorruptionSwap ? other[j] : window[j];
        }
    }

    private static void Corrupt(Span<float> window, ReadOnlySpan<float> keep, ReadOnlySpan<float> jitter, float masking, float deviation)
    {
        int j = 0;
        for (int lanes = Vector<float>.Count; j <= window.Length - lanes; j += lanes)
        {
            var value = new Vector<float>(window[j..]) + new Vector<float>(jitter[j..]) * deviation;
            var kept = Vector.GreaterThanOrEqual(new Vector<float>(keep[j..]), new Vector<float>(masking));
            Vector.ConditionalSelect(kept, value, Vector<float>.Zero).CopyTo(window[j..]);
        }

        for (; j < window.Length; j++)
            window[j] = keep[j] >= masking ? window[j] + jitter[j] * deviation : 0;
    }
}
