using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class DenoisingAutoencoderTests
{
    [Fact]
    public void Forward_CorruptedWindows_ComesNearerToTheCleanOnesThanWithoutCorruptionInTraining()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();
        Tensor clean = windows.Validation.ToTensor(CPU);
        using Generator generator = new(5, CPU);
        Tensor keep = rand(clean.shape, generator: generator).ge(0.2).to(ScalarType.Float32);
        Tensor corrupted = (clean + randn(clean.shape, generator: generator) * 0.3) * keep;

        double taught = Error("denoising", new NetworkOptions { Hidden = [64], Latent = 32, CorruptionNoise = 0.3, CorruptionMasking = 0.2 });
        double untaught = Error("denoising", new NetworkOptions { Hidden = [64], Latent = 32, CorruptionNoise = 0, CorruptionMasking = 0 });
        double plain = Error("dense", new NetworkOptions { Hidden = [64], Latent = 32 });

        Assert.True(taught < 0.8 * plain, $"{taught} against {plain}");
        Assert.True(taught < 0.8 * untaught, $"{taught} against {untaught}");
        Assert.True(taught < 0.8 * Networks.Squared(corrupted - clean), $"{taught}");

        double Error(string name, NetworkOptions options)
        {
            using Autoencoder network = Networks.Create(name, windows.Training.Dimensions, options);
            Networks.Fit(network, windows);
            return Networks.Squared(network.forward(corrupted) - clean);
        }
    }

    [Fact]
    public void Loss_WithoutNoise_DoesNotSeeTheNewestRow()
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("denoising", new WindowDimensions(3, 2));
        Tensor window = tensor(new float[] { 1, 2, 3, 4, 5, 6 }).unsqueeze(0);
        Tensor repeated = tensor(new float[] { 1, 2, 3, 4, 3, 4 }).unsqueeze(0);

        double expected = Networks.Squared(network.forward(repeated) - window);

        Assert.Equal(expected, network.Loss(window, null, 0, null).item<float>(), 1e-6);
        Assert.True(network.HidesNewestRow);
    }

    [Fact]
    public void Loss_WindowOfOneRow_HidesNothing()
    {
        using var scope = NewDisposeScope();
        using Generator noise = new(1, CPU);
        using Autoencoder network = Networks.Create("denoising", new WindowDimensions(1, 3));
        Tensor windows = ones(4, 3);

        Assert.False(network.HidesNewestRow);
        Assert.Equal(Networks.Squared(network.forward(windows) - windows), network.Loss(windows, null, 0, null).item<float>(), 1e-6);
        Assert.True(float.IsFinite(network.Loss(windows, null, 0, noise).item<float>()));
    }

    [Fact]
    public void Loss_Swap_TakesValuesOfOtherWindows()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor windows = arange(1, 41, ScalarType.Float32).view(-1, 1).expand(-1, 3).contiguous(); // one row; all values of a window alike

        double swapped = Loss(0.5), left = Loss(0);

        Assert.True(swapped > left + 1, $"{swapped} against {left}");

        double Loss(double share)
        {
            using Generator noise = new(1, CPU);
            var options = new NetworkOptions { Hidden = [], Latent = 3, Activation = "linear", CorruptionNoise = 0, CorruptionMasking = 0, CorruptionSwap = share };
            using Autoencoder identity = Networks.Create("denoising", new WindowDimensions(1, 3), options);
            foreach ((string name, Tensor value) in identity.state_dict())
                value.copy_(name.EndsWith("weight", StringComparison.Ordinal) ? eye(3) : zeros(3));
            return identity.Loss(windows, null, 0, noise).item<float>();
        }
    }
}
