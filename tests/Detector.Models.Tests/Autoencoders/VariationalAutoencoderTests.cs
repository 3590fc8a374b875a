using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class VariationalAutoencoderTests
{
    [Fact]
    public void Fit_OnNormalOperation_BringsTheAggregatedPosteriorNearThePrior()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 2).Windows();
        using Autoencoder network = Networks.Create("variational", windows.Training.Dimensions);

        NetworkReport report = Networks.Fit(network, windows);

        using var noGrad = no_grad();
        var encoder = (Perceptron)network.named_children().Single(child => child.name == "encoder").module;
        Tensor posterior = encoder.forward(windows.Training.ToTensor(CPU)); // (N, 2 Z)
        int latent = network.Options.Latent;
        Tensor means = posterior.narrow(1, 0, latent), variances = posterior.narrow(1, latent, latent).exp();
        Tensor aggregated = means.square().mean([0L]) + variances.mean([0L]); // second moment of each dimension; 1 under the prior
        Assert.InRange(means.mean([0L]).abs().max().item<float>(), 0, 0.4);
        Assert.InRange(aggregated.min().item<float>(), 0.5, 1.6);
        Assert.InRange(aggregated.max().item<float>(), 0.5, 1.6);
        Assert.InRange(Divergence(network, windows.Training.ToTensor(CPU)), 0.1, 100);
        Assert.True(report.BestLoss < report.ValidationLoss[0] - 0.1, $"{report.ValidationLoss[0]} -> {report.BestLoss}");
    }

    [Fact]
    public void Generate_FromThePrior_HasTheMomentsOfTheData()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 2).Windows();
        using var network = (VariationalAutoencoder)Networks.Create("variational", windows.Training.Dimensions);
        Networks.Fit(network, windows, Networks.Options with { MaxSteps = 800 });
        using Generator generator = new(4, CPU), again = new(4, CPU);

        Tensor generated = network.Generate(2000, generator), data = windows.Training.ToTensor(CPU);

        Assert.Equal([2000L, 32L], generated.shape);
        Assert.Equal(0, Networks.Squared(generated - network.Generate(2000, again)));
        Tensor ratio = generated.var(0) / data.var(0);
        Assert.InRange((generated.mean([0L]) - data.mean([0L])).abs().max().item<float>(), 0, 0.3);
        Assert.InRange(ratio.min().item<float>(), 0.5, 1.2);
        Assert.InRange(ratio.mean().item<float>(), 0.7, 1.3);
        Assert.InRange(ratio.max().item<float>(), 0.8, 1.6);
        Assert.True(Correlation(generated) > 0.7 * Correlation(data), $"{Correlation(generated)} against {Correlation(data)}");

        // Of the oldest row of the first feature with the row after it.
        static double Correlation(Tensor x)
        {
            Tensor centred = x - x.mean([0L]);
            Tensor products = centred.t().mm(centred);
            return (products[0, 4] / (products[0, 0] * products[4, 4]).sqrt()).item<float>();
        }
    }

    [Fact]
    public void Score_KSamples_IsTheExpectedSquaredErrorAndNeverChanges()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using Generator generator = new(4, CPU);
        Tensor windows = randn([5, 8], generator: generator);
        using Autoencoder mean = Networks.Create("variational", new WindowDimensions(4, 2), new NetworkOptions { Samples = 0 });
        using Autoencoder sampled = Networks.Create("variational", new WindowDimensions(4, 2), new NetworkOptions { Samples = 200 });

        Tensor errors = (windows - sampled.Score(windows)).square(); // (B, D)
        Tensor ofMean = (windows - sampled.forward(windows)).square();

        Assert.Equal(0, Networks.Squared(mean.Score(windows) - mean.forward(windows)));
        Assert.Equal(0, Networks.Squared(sampled.Score(windows) - sampled.Score(windows)));
        Assert.Equal(0, Networks.Squared(sampled.Score(windows.narrow(0, 3, 1)) - sampled.Score(windows).narrow(0, 3, 1)), 1e-10);
        Assert.Equal([200L, 32L], sampled.state_dict()["draws"].shape);
        Assert.True(errors.mean().item<float>() > ofMean.mean().item<float>(), "the spread of the code counts");
        Assert.InRange((errors - ofMean).mean().item<float>(), 1e-4, 1); // the decoder's variance over the draws
    }

    [Fact]
    public void Loss_BetaAndWarmup_WeighTheDivergence()
    {
        using var scope = NewDisposeScope();
        var dimensions = new WindowDimensions(4, 2);
        using Generator generator = new(3, CPU);
        Tensor windows = randn([16, 8], generator: generator) * 3;
        using Autoencoder network = Networks.Create("variational", dimensions, new NetworkOptions { Beta = 2, BetaWarmup = 0.5 });

        double none = Loss(0), half = Loss(0.25), whole = Loss(0.5), after = Loss(1);

        Assert.Equal(none + (whole - none) / 2, half, 1e-5);
        Assert.Equal(whole, after, 1e-6);
        Assert.True(whole > none);

        double Loss(double progress)
        {
            using Generator noise = new(9, CPU);
            return network.Loss(windows, null, progress, noise).item<float>();
        }
    }

    [Fact]
    public void Forward_Twice_IsDeterministic()
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("variational", new WindowDimensions(4, 2));
        Tensor windows = ones(3, 8);

        Assert.Equal(0, Networks.Squared(network.forward(windows) - network.forward(windows)));
        Assert.Equal([3L, (long)network.Options.Latent], network.Encode(windows).shape);
    }

    /// <summary>Mean KL divergence of a window's posterior from the prior, by the difference that β makes.</summary>
    private static double Divergence(Autoencoder network, Tensor windows)
    {
        using Generator same = new(4, CPU), again = new(4, CPU);
        double difference = network.Loss(windows, null, 1, same).item<float>() - network.Loss(windows, null, 0, again).item<float>();
        return difference * network.Dimensions.Size;
    }
}
