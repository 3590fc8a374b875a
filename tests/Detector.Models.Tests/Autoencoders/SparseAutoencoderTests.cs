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
        using TrainingWindows windows = Plant.Run(5000, 8, 4, seed: 1).Windows();

        double[] sparse = Rates(new NetworkOptions { Hidden = [], Latent = 24, SparsityTarget = target });
        double[] plain = Rates(new NetworkOptions { Hidden = [], Latent = 24, SparsityTarget = target, SparsityWeight = 0 });

        Assert.InRange(sparse.Average(), 0.7 * target, 1.4 * target);
        Assert.All(sparse, rate => Assert.InRange(rate, 0.4 * target, 2.5 * target));
        Assert.True(Math.Abs(plain.Average() - target) > 3 * Math.Abs(sparse.Average() - target), $"{plain.Average()} and {sparse.Average()}");
        Assert.True(plain.Max() > 2 * target, $"{plain.Max()}");

        double[] Rates(NetworkOptions options)
        {
            using Autoencoder network = Networks.Create("sparse", windows.Training.Dimensions, options);
            NetworkReport report = Networks.Fit(network, windows, Networks.Options with { MaxSteps = 1000 });
            return [.. Networks.Figure(report, "mean activation")];
        }
    }
}
