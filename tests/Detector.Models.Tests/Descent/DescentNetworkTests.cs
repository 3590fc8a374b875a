using Detector.Models.Autoencoders;
using Detector.Models.Descent;
using Detector.Models.Inference;
using Detector.Models.Tests.Autoencoders;
using Detector.Models.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Descent;

/// <summary>Loss and gradients beside those of torch, from the same weights, windows and noise.</summary>
public sealed class DescentNetworkTests
{
    private const int Batch = 48;
    private static readonly WindowDimensions Dimensions = new(6, 7);

    private static readonly NetworkOptions Options = new() { Hidden = [40, 20], Latent = 5, CorruptionSwap = 0.2 };

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (string network in (string[])["dense", "denoising", "variational"])
            {
                foreach (string activation in Activations.Names)
                {
                    cases.Add(network, activation, false);
                    cases.Add(network, activation, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Descend_AnyNetwork_GivesTheLossAndTheGradientsOfTorch(string name, string activation, bool masked)
    {
        using var scope = NewDisposeScope();
        string output = activation == Activations.Sigmoid ? Activations.Sigmoid : Activations.Linear;
        using Autoencoder network = Networks.Create(name, Dimensions, Options with { Activation = activation, OutputActivation = output });
        using WindowSet windows = Windows(masked);
        DescentNetwork dense = network.ForDescent(Batch)!;
        var batch = new DescentBatch(Dimensions, Batch);
        batch.Fill(windows, 0, Batch);

        double loss = dense.Descend(batch, 0.1, new TorchRandom(5));

        using Generator noise = new(5, CPU);
        Tensor expected = network.Loss(windows.ToTensor(CPU), windows.ToMask(CPU), 0.1, noise);
        expected.backward();
        Assert.Equal(expected.item<float>(), loss, 1e-5 * Math.Max(1, Math.Abs(loss)));
        foreach (((string parameter, Parameter value), float[] gradient) in network.named_parameters().Zip(Flat(dense.Describe(dense.Parameters.Gradients))))
        {
            float[] wanted = AffineLayer.Values(value.grad!);
            float tolerance = 2e-5f * Math.Max(1e-3f, wanted.Max(Math.Abs));
            for (int i = 0; i < wanted.Length; i++)
                Assert.True(Math.Abs(wanted[i] - gradient[i]) <= tolerance, $"{parameter}[{i}] is {gradient[i]} instead of {wanted[i]}.");
        }
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("denoising")]
    [InlineData("variational")]
    public void Measure_InPieces_GivesTheValidationLossOfTorch(string name)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create(name, Dimensions, Options);
        using WindowSet windows = Windows(masked: true);
        DescentNetwork dense = network.ForDescent(32)!;
        var batch = new DescentBatch(Dimensions, 32);
        batch.Fill(windows, 0, 32);
        LossSums sums = dense.Measure(batch);
        batch.Fill(windows, 32, Batch - 32);
        sums += dense.Measure(batch);

        double expected = network.Loss(windows.ToTensor(CPU), windows.ToMask(CPU), 1, null).item<float>();

        Assert.Equal(expected, dense.Loss(sums, 1).Loss, 1e-5 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Export_AfterRecall_GivesTheNetworkWhatWasRemembered()
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("variational", Dimensions, Options);
        Dictionary<string, float[]> before = network.state_dict().ToDictionary(entry => entry.Key, entry => AffineLayer.Values(entry.Value));
        using WindowSet windows = Windows(masked: false);
        DescentNetwork dense = network.ForDescent(Batch)!;
        var batch = new DescentBatch(Dimensions, Batch);
        batch.Fill(windows, 0, Batch);
        dense.Remember();
        dense.Descend(batch, 0.5, new TorchRandom(1));
        dense.Parameters.Step(0.01, 0, 5);

        dense.Export();
        Assert.All(network.state_dict(), entry => Assert.NotEqual(before[entry.Key], AffineLayer.Values(entry.Value)));
        dense.Recall();
        dense.Export();
        Assert.All(network.state_dict(), entry => Assert.Equal(before[entry.Key], AffineLayer.Values(entry.Value)));
    }

    /// <summary>Weights and biases of each layer, as a module names its parameters.</summary>
    private static IEnumerable<float[]> Flat(IEnumerable<AffineLayer> layers) => layers.SelectMany(layer => (float[][])[layer.Weight, layer.Bias]);

    private static WindowSet Windows(bool masked)
    {
        var random = new Random(4);
        var windows = new WindowSet(Dimensions, Batch);
        float[] window = new float[Dimensions.Size];
        for (int i = 0; i < Batch; i++)
        {
            for (int j = 0; j < window.Length; j++)
                window[j] = masked && random.Next(9) == 0 ? float.NaN : (float)random.NextDouble() * 2 - 1;
            windows.Add(window, i, 0);
        }

        return windows;
    }
}
