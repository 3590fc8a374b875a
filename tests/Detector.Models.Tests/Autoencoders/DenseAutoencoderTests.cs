using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class DenseAutoencoderTests
{
    [Fact]
    public void Fit_OvercompleteWithEarlyStopping_DoesNotBecomeTheIdentity()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();
        using Autoencoder network = Networks.Create("dense", windows.Training.Dimensions, new NetworkOptions { Hidden = [64], Latent = 64 });

        NetworkReport report = Networks.Fit(network, windows);

        Tensor normal = windows.Validation.ToTensor(CPU);
        double error = Networks.Squared(network.forward(normal) - normal);
        Assert.True(network.Encode(normal).shape[1] > windows.Training.Dimensions.Size);
        Assert.True(error < 0.1 * Networks.Squared(normal), $"{error}");
        Assert.True(Networks.Figure(report, "error on foreign noise")[0] > 5, $"{Networks.Figure(report, "error on foreign noise")[0]}");
    }

    [Fact]
    public void Create_TheTextbookShape_HasItsLayersAndOutput()
    {
        using var scope = NewDisposeScope();
        var options = new NetworkOptions { Hidden = [256], Latent = 64, OutputActivation = "sigmoid" };
        using Autoencoder network = Networks.Create("dense", new WindowDimensions(28, 28), options);

        long[][] shapes = [.. network.named_parameters().Where(entry => entry.name.EndsWith("weight", StringComparison.Ordinal)).Select(entry => entry.parameter.shape)];
        Tensor output = network.forward(ones(2, 784) * 100);

        Assert.Equal([[256, 784], [64, 256], [256, 64], [784, 256]], shapes);
        Assert.InRange(network.Encode(ones(2, 784)).min().item<float>(), 0, float.MaxValue); // ReLU
        Assert.InRange(output.min().item<float>(), -1, 0);
        Assert.InRange(output.max().item<float>(), 0, 1);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("elu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("linear")]
    public void Slope_OfAnActivation_IsItsDerivative(string activation)
    {
        using var scope = NewDisposeScope();
        Tensor x = linspace(-2.95, 2.95, 40, ScalarType.Float32).requires_grad_();

        Tensor y = Activations.Apply(activation, x);
        y.sum().backward();

        Assert.InRange(Networks.Squared(Activations.Slope(activation, y.detach()) - x.grad!), 0, 1e-10);
    }
}
