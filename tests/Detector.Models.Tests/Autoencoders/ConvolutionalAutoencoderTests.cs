using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class ConvolutionalAutoencoderTests
{
    private static readonly WindowDimensions Dimensions = new(32, 2);

    [Fact]
    public void Forward_PatternWhereItNeverStoodInTraining_IsReconstructedUnlikeByADenseNetworkOfManyTimesTheWeights()
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Networks.Split(Pulses(800, from: 2, to: 14, seed: 1), Dimensions);
        Tensor shifted = Pulses(100, from: 16, to: 28, seed: 2);

        (double error, long parameters) = Fit("convolutional", new NetworkOptions { Channels = [8, 8], Latent = 16 });
        (double denseError, long denseParameters) = Fit("dense", new NetworkOptions { Hidden = [64], Latent = 16 });

        Assert.True(error < 0.25 * denseError, $"{error} against {denseError}");
        Assert.True(error < 0.25 * Networks.Squared(shifted), $"{error}");
        Assert.True(parameters < denseParameters / 8, $"{parameters} against {denseParameters}");

        (double Error, long Parameters) Fit(string name, NetworkOptions options)
        {
            using Autoencoder network = Networks.Create(name, Dimensions, options);
            NetworkReport report = Networks.Fit(network, windows);
            return (Networks.Squared(network.forward(shifted) - shifted), report.Parameters);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(31)]
    public void Forward_AnyNumberOfRows_GivesWindowsOfTheirShape(int rows)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("convolutional", new WindowDimensions(rows, 3), new NetworkOptions { Channels = [4, 4, 4] });

        Assert.Equal([6L, rows * 3L], network.forward(zeros(6, rows * 3)).shape);
        Assert.InRange(network.Encode(zeros(6, rows * 3)).shape[1], 32, 35);
    }

    /// <summary>Windows (N, D) with one pulse each, whose middle stands between two rows, up in one feature and down in the other.</summary>
    private static Tensor Pulses(int count, int from, int to, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * Dimensions.Size];
        for (int i = 0; i < count; i++)
        {
            int middle = random.Next(from, to);
            double height = 1 + random.NextDouble();
            for (int row = 0; row < Dimensions.Rows; row++)
            {
                double pulse = height * Math.Exp(-0.5 * (row - middle) * (row - middle));
                values[i * Dimensions.Size + 2 * row] = (float)(pulse + 0.02 * Simulation.Gaussian(random));
                values[i * Dimensions.Size + 2 * row + 1] = (float)(-pulse + 0.02 * Simulation.Gaussian(random));
            }
        }

        return tensor(values).view(count, Dimensions.Size);
    }
}
