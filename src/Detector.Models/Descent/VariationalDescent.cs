using Detector.Models.Autoencoders;
using Detector.Models.Inference;

namespace Detector.Models.Descent;

/// <summary>A variational autoencoder: the code is drawn from the posterior, and the loss is the one of <see cref="VariationalAutoencoder"/>.</summary>
internal sealed class VariationalDescent : DescentNetwork
{
    private readonly VariationalAutoencoder _network;
    private readonly int _latent;
    private readonly AlignedFloats _code, _codeSlopes; // (B, stride)
    private readonly float[] _draws; // (B, Z)
    private double _variance, _bestVariance;

    public VariationalDescent(VariationalAutoencoder network, Perceptron encoder, Perceptron decoder, double variance, int rows)
        : base(network, encoder, decoder, LayerActivation.Linear, rows)
    {
        _network = network;
        _latent = network.Options.Latent;
        _code = new AlignedFloats(rows * DescentLayer.StrideOf(_latent));
        _codeSlopes = new AlignedFloats(_code.Length);
        _draws = new float[rows * _latent];
        _variance = variance;
    }

    protected override Span<float> Code => _code.Span;

    protected override Span<float> CodeSlopes => _codeSlopes.Span;

    protected override int CodeStride => DescentLayer.StrideOf(_latent);

    public override (double Loss, double Slope) Loss(LossSums sums, double progress)
    {
        double size = _network.Dimensions.Size, floored = sums.Error + VariationalAutoencoder.LeastVariance;
        double divergence = sums.Divergence / sums.Windows;
        return (0.5 * Math.Log(floored) + _network.BetaAt(progress) * divergence / size, 0.5 / floored);
    }

    public override void Export()
    {
        base.Export();
        _network.SetVariance(_variance);
    }

    public override void Remember()
    {
        base.Remember();
        _bestVariance = _variance;
    }

    public override void Recall()
    {
        base.Recall();
        _variance = _bestVariance;
    }

    protected override void Follow(double error) => _variance += VariationalAutoencoder.VarianceRate * (error - _variance);

    protected override double MakeCode(int count, TorchRandom? noise)
    {
        noise?.Normal(_draws.AsSpan(0, count * _latent));
        double divergence = 0;
        for (int i = 0; i < count; i++)
        {
            Span<float> code = Code.Slice(i * CodeStride, _latent);
            ReadOnlySpan<float> mean = Posterior(i)[.._latent], logVariance = Posterior(i)[_latent..];
            float sum = 0;
            for (int z = 0; z < _latent; z++)
            {
                float clamped = Clamp(logVariance[z]), deviation = MathF.Exp(clamped * 0.5f);
                sum += mean[z] * mean[z] + deviation * deviation - 1 - clamped;
                code[z] = noise is null ? mean[z] : mean[z] + deviation * _draws[i * _latent + z];
            }

            divergence += 0.5 * sum;
        }

        return divergence;
    }

    protected override void DescendCode(int count, double progress)
    {
        float weight = (float)(_network.BetaAt(progress) / _network.Dimensions.Size / count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> slopes = CodeSlopes.Slice(i * CodeStride, _latent);
            ReadOnlySpan<float> mean = Posterior(i)[.._latent], logVariance = Posterior(i)[_latent..];
            Span<float> below = Encoder[^1].Slope.Slice(i * Encoder[^1].Stride, 2 * _latent);
            for (int z = 0; z < _latent; z++)
            {
                float clamped = Clamp(logVariance[z]), deviation = MathF.Exp(clamped * 0.5f);
                below[z] = slopes[z] + weight * mean[z];
                below[_latent + z] = clamped == logVariance[z]
                    ? 0.5f * (slopes[z] * deviation * _draws[i * _latent + z] + weight * (deviation * deviation - 1))
                    : 0;
            }
        }
    }

    /// <summary>Mean and logarithm of the variance of a window's code, 2 Z.</summary>
    private ReadOnlySpan<float> Posterior(int index) => Encoder[^1].Output.Slice(index * Encoder[^1].Stride, 2 * _latent);

    private static float Clamp(float logVariance) => Math.Clamp(logVariance, -VariationalAutoencoder.MaxLogVariance, VariationalAutoencoder.MaxLogVariance);
}
