using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class ContractiveAutoencoderTests
{
    [Theory]
    [InlineData("sigmoid")]
    [InlineData("tanh", 10)]
    [InlineData("elu", 10, 7)]
    public void Measure_AnyDepth_IsTheNormOfFiniteDifferences(string activation, params int[] hidden)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using Generator generator = new(3, CPU);
        using Autoencoder network = Networks.Create(
            "contractive", new WindowDimensions(4, 3), new NetworkOptions { Hidden = hidden, Latent = 5, Activation = activation });
        Tensor windows = randn([20, 12], generator: generator);

        double analytic = network.Measure(windows).Single().Values[0];

        Assert.Equal(1, analytic / NumericNorm(network, windows), 1e-2);
    }

    [Fact]
    public void Fit_OnNormalOperation_GivesASmallerJacobianThanAPlainNetwork()
    {
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();

        (double contracted, double error) = Fit(1);
        (double plain, double plainError) = Fit(0);

        Assert.True(contracted < 0.7 * plain, $"{contracted} against {plain}");
        Assert.True(error < 1.2 * plainError, $"{error} against {plainError}"); // it is not bought by giving up reconstruction

        (double Norm, double Error) Fit(double weight)
        {
            using var scope = NewDisposeScope();
            using Autoencoder network = Networks.Create(
                "contractive", windows.Training.Dimensions, new NetworkOptions { Hidden = [], Latent = 16, Activation = "tanh", ContractionWeight = weight });
            Networks.Fit(network, windows);
            Tensor held = windows.Validation.ToTensor(CPU);
            using var noGrad = no_grad();
            return (NumericNorm(network, held), Networks.Squared(network.forward(held) - held));
        }
    }

    /// <summary>Mean over the windows of the Jacobian's squared Frobenius norm, by central differences.</summary>
    private static double NumericNorm(Autoencoder network, Tensor windows)
    {
        const float Step = 1e-2f;
        double sum = 0;
        for (long d = 0; d < windows.shape[1]; d++)
        {
            using var scope = NewDisposeScope();
            Tensor shift = zeros(1, windows.shape[1]);
            shift[0, d] = tensor(Step);
            Tensor slope = (network.Encode(windows + shift) - network.Encode(windows - shift)) / (2 * Step); // (B, Z)
            sum += slope.square().sum(1).mean().item<float>();
        }

        return sum;
    }
}
