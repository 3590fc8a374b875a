using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class AdversarialAutoencoderTests
{
    [Fact]
    public void Score_SecondDecoder_SetsAnomaliesFurtherApartThanTheFirstAlone()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();
        using Autoencoder contest = Fit(new NetworkOptions { Hidden = [32], Latent = 6, AdversarialAlpha = 0 });
        Tensor normal = windows.Validation.ToTensor(CPU);
        using Generator generator = new(5, CPU);
        Tensor odd = normal + randn(normal.shape, generator: generator);

        double first = Error(contest.forward(odd), odd) / Error(contest.forward(normal), normal);
        double second = Error(contest.Score(odd), odd) / Error(contest.Score(normal), normal);

        Assert.True(Error(contest.forward(normal), normal) < 0.3 * Networks.Squared(normal), $"{Error(contest.forward(normal), normal)}");
        Assert.True(second > 1.1 * first, $"{second} against {first}");

        Autoencoder Fit(NetworkOptions options)
        {
            Autoencoder network = Networks.Create("adversarial", windows.Training.Dimensions, options);
            Networks.Fit(network, windows, Networks.Options with { MaxSteps = 800 });
            return network;
        }
    }

    [Fact]
    public void Score_Alpha_WeighsTheTwoErrors()
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(5, CPU);
        Tensor windows = randn([9, 12], generator: generator);

        Tensor first = Squares(1), second = Squares(0), mixed = Squares(0.25);

        Assert.InRange(Networks.Squared(first * 0.25 + second * 0.75 - mixed), 0, 1e-8);
        Assert.True(Networks.Squared(first - second) > 1e-4);

        Tensor Squares(double alpha)
        {
            using Autoencoder network = Networks.Create("adversarial", new WindowDimensions(4, 3), new NetworkOptions { AdversarialAlpha = alpha });
            return (windows - network.Score(windows)).square();
        }
    }

    private static double Error(Tensor reconstruction, Tensor windows) => Networks.Squared(reconstruction - windows);
}
