using Detector.Models.Autoencoders;
using Detector.Models.Training;

namespace Detector.Models.Tests.Autoencoders;

public sealed class SparseAutoencoderTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Fit_OnNormalOperation_ReachesItsSparsity(double target)
    {
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();

        double[] sparse = Rates(new NetworkOptions { Hidden = [], Latent = 24, SparsityTarget = target });
        double[] plain = Rates(new NetworkOptions { Hidden = [], Latent = 24, SparsityTarget = target, SparsityWeight = 0 });

        Assert.InRange(sparse.Average(), 0.8 * target, 1.2 * target);
        Assert.All(sparse, rate => Assert.InRange(rate, 0.4 * target, 2 * target));
        Assert.True(plain.Average() > 0.3, $"{plain.Average()}");

        double[] Rates(NetworkOptions options)
        {
            using Autoencoder network = Networks.Create("sparse", windows.Training.Dimensions, options);
            NetworkReport report = Networks.Fit(network, windows, Networks.Options with { MaxSteps = 800 });
            return [.. Networks.Figure(report, "mean activation")];
        }
    }
}
