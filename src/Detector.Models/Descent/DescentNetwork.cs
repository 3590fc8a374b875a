using System.Numerics.Tensors;
using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Descent;

/// <summary>
/// A network of fully connected layers while it is trained on the CPU: loss and gradients of a batch by the kernels that score, without tensors. A step of a
/// small network costs what its products cost, so that thousands of them are trained one after the other as fast as stacked. This one is the plain
/// autoencoder; others change what goes in, the code or the loss.
/// </summary>
internal class DescentNetwork
{
    private readonly Perceptron[] _parts;

    /// <param name="network">Whose weights are trained.</param>
    /// <param name="encoder">Its encoder.</param>
    /// <param name="decoder">Its decoder.</param>
    /// <param name="code">Activation behind the encoder.</param>
    /// <param name="rows">Most windows in a batch.</param>
    public DescentNetwork(Autoencoder network, Perceptron encoder, Perceptron decoder, LayerActivation code, int rows)
    {
        (Network, _parts) = (network, [encoder, decoder]);
        int at = 0;
        AffineLayer[] encoding = [.. encoder.Describe(code)], decoding = [.. decoder.Describe(Activations.BehindOutput(network.Options.OutputActivation))];
        (Encoder, Decoder) = (Layers(encoding), Layers(decoding));
        Parameters = new Parameters(at);
        foreach ((DescentLayer layer, AffineLayer values) in Encoder.Concat(Decoder).Zip(encoding.Concat(decoding)))
            layer.Read(values, Parameters);

        DescentLayer[] Layers(AffineLayer[] described)
        {
            var layers = new DescentLayer[described.Length];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = new DescentLayer(described[i].Inputs, described[i].Outputs, described[i].Activation, at, rows);
                at += layers[i].Length;
            }

            return layers;
        }
    }

    public Autoencoder Network { get; }

    public Parameters Parameters { get; }

    protected DescentLayer[] Encoder { get; }

    protected DescentLayer[] Decoder { get; }

    /// <summary>The loss of a batch as <see cref="Autoencoder.Loss"/> states it, and its gradients.</summary>
    /// <param name="progress">Share of the phase that is over, 0…1.</param>
    public double Descend(DescentBatch batch, double progress, TorchRandom noise)
    {
        ReadOnlySpan<float> input = Input(batch, noise);
        LossSums sums = Run(batch, input, noise);
        Follow(sums.Error);
        (double loss, double slope) = Loss(sums, progress);
        DescentLayer last = Decoder[^1];
        float factor = (float)(2 * slope / Math.Max(1, sums.Values));
        Span<float> slopes = last.Slope[..(batch.Count * last.Stride)];
        TensorPrimitives.Multiply(slopes, factor, slopes);
        Backward(batch, input, progress);
        return loss;
    }

    /// <summary>What the validation loss of windows is made of, without any randomness.</summary>
    public LossSums Measure(DescentBatch batch) => Run(batch, Input(batch, null), null);

    /// <summary>What the error of their reconstruction is made of; the reconstruction is then in <see cref="Reconstruction"/>.</summary>
    public LossSums Reconstruct(DescentBatch batch) => Run(batch, batch.Windows, null);

    /// <summary>Of a window of the batch that ran last, D.</summary>
    public ReadOnlySpan<float> Reconstruction(int index) => Decoder[^1].Output.Slice(index * Decoder[^1].Stride, Decoder[^1].Outputs);

    /// <summary>The loss that sums make, and how it changes with the mean squared error.</summary>
    /// <param name="progress">1 on validation windows.</param>
    public virtual (double Loss, double Slope) Loss(LossSums sums, double progress) => (sums.Error, 1);

    /// <summary>Gives the network its weights.</summary>
    public virtual void Export()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((AffineLayer values, TorchSharp.Modules.Linear linear) in Describe(Parameters.Values).Zip(_parts.SelectMany(part => part.Layers)))
        {
            linear.weight!.copy_(tensor(values.Weight).reshape(values.Outputs, values.Inputs));
            linear.bias!.copy_(tensor(values.Bias));
        }
    }

    /// <summary>The layers, those of the encoder first.</summary>
    /// <param name="parameters">The values or the gradients of <see cref="Parameters"/>.</param>
    public IReadOnlyList<AffineLayer> Describe(ReadOnlySpan<float> parameters)
    {
        var layers = new List<AffineLayer>();
        foreach (DescentLayer layer in Encoder.Concat(Decoder))
            layers.Add(layer.Write(parameters));
        return layers;
    }

    public virtual void Remember() => Parameters.Remember();

    public virtual void Recall() => Parameters.Recall();

    /// <summary>What the encoder sees, (B, <see cref="DescentBatch.Stride"/>).</summary>
    /// <param name="noise">Null on validation windows.</param>
    protected virtual ReadOnlySpan<float> Input(DescentBatch batch, TorchRandom? noise) => batch.Windows;

    /// <summary>What the decoder sees, (B, <see cref="CodeStride"/>).</summary>
    protected virtual Span<float> Code => Encoder[^1].Output;

    /// <summary>How the loss changes with it.</summary>
    protected virtual Span<float> CodeSlopes => Encoder[^1].Slope;

    protected virtual int CodeStride => Encoder[^1].Stride;

    /// <summary>Makes the code of what the encoder gave.</summary>
    /// <param name="count">B.</param>
    /// <param name="noise">Null where nothing is drawn.</param>
    /// <returns>Divergence of the windows' codes from their prior, added up.</returns>
    protected virtual double MakeCode(int count, TorchRandom? noise) => 0;

    /// <summary>Shown the error of every batch of a step.</summary>
    protected virtual void Follow(double error)
    {
    }

    /// <summary>Makes the slopes of what the encoder gave of <see cref="CodeSlopes"/>.</summary>
    protected virtual void DescendCode(int count, double progress)
    {
    }

    private LossSums Run(DescentBatch batch, ReadOnlySpan<float> input, TorchRandom? noise)
    {
        int count = batch.Count;
        Forward(Encoder, input, batch.Stride, count);
        double divergence = MakeCode(count, noise);
        Forward(Decoder, Code, CodeStride, count);
        DescentLayer last = Decoder[^1];
        double squares = 0, values = batch.Masked ? 0 : (double)count * last.Outputs;
        for (int i = 0; i < count; i++)
        {
            Span<float> error = last.Slope.Slice(i * last.Stride, last.Outputs);
            TensorPrimitives.Subtract(Reconstruction(i), batch.Window(i), error);
            if (batch.Masked)
            {
                TensorPrimitives.Multiply(error, batch.Observed(i), error);
                values += TensorPrimitives.Sum<float>(batch.Observed(i));
            }

            squares += TensorPrimitives.SumOfSquares<float>(error);
        }

        return new LossSums(squares, values, divergence, count);
    }

    private void Forward(DescentLayer[] layers, ReadOnlySpan<float> input, int stride, int count)
    {
        foreach (DescentLayer layer in layers)
        {
            layer.Forward(Parameters, input, stride, count);
            input = layer.Output;
            stride = layer.Stride;
        }
    }

    private void Backward(DescentBatch batch, ReadOnlySpan<float> input, double progress)
    {
        int count = batch.Count;
        Backward(Decoder, Code, CodeStride, count, CodeSlopes);
        DescendCode(count, progress);
        Backward(Encoder, input, batch.Stride, count, []);
    }

    private void Backward(DescentLayer[] layers, ReadOnlySpan<float> input, int stride, int count, Span<float> below)
    {
        for (int i = layers.Length - 1; i > 0; i--)
            layers[i].Backward(Parameters, layers[i - 1].Output, layers[i - 1].Stride, count, layers[i - 1].Slope, layers[i - 1].Stride);
        layers[0].Backward(Parameters, input, stride, count, below, stride);
    }
}
