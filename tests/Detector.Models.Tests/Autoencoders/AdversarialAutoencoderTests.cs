using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class AdversarialAutoencoderTests
{
    [Fact]
    public void Fit_AgainstEachOther_TheSecondDecoderEnlargesWhatAnAnomalyAdds()
    {
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();

        (double with, double error) = Fit(2);
        (double without, _) = Fit(1); // the weight of the contest is 0 from beginning to end

        Assert.True(with > 1.1, $"{with}");
        Assert.True(with > without + 0.05, $"{with} with the contest, {without} without");
        Assert.True(error < 0.1, $"{error}"); // normal windows are still reconstructed

        (double Amplification, double Error) Fit(double epochs)
        {
            using var scope = NewDisposeScope();
            var options = new NetworkOptions { Hidden = [64], Latent = 6, AdversarialEpochs = epochs, AdversarialAlpha = 0 };
            using Autoencoder network = Networks.Create("adversarial", windows.Training.Dimensions, options);
            Networks.Fit(network, windows, Networks.Options with { MaxSteps = 800 });
            Tensor normal = windows.Validation.ToTensor(CPU);
            double once = Error(network.forward(normal), normal), twice = Error(network.Score(normal), normal);
            double amplification = Anomalies(normal).Average(odd =>
                (Error(network.Score(odd), odd) - twice) / (Error(network.forward(odd), odd) - once));
            return (amplification, once / Networks.Squared(normal));
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

    /// <summary>Twice the size, a shift of one feature in the newer half, a feature turned over.</summary>
    private static IEnumerable<Tensor> Anomalies(Tensor normal)
    {
        Tensor shifted = normal.clone(), mirrored = normal.clone();
        shifted.view(-1, 8, 4).narrow(1, 4, 4).narrow(2, 1, 1).add_(1.5);
        mirrored.view(-1, 8, 4).narrow(2, 1, 1).mul_(-1);
        return [normal * 2, shifted, mirrored];
    }
}
