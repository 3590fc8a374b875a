using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class RecurrentAutoencoderTests
{
    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Fit_Waves_ReconstructsThemAtThisLengthAndAtAnother(string cell)
    {
        using var scope = NewDisposeScope();
        using var noGrad = set_grad_enabled(true);
        var options = new NetworkOptions { Hidden = [24], Latent = 8, Cell = cell };
        using TrainingWindows windows = Networks.Split(Waves(600, rows: 12, seed: 1), new WindowDimensions(12, 2));
        using Autoencoder network = Networks.Create("recurrent", windows.Training.Dimensions, options);
        using Autoencoder longer = Networks.Create("recurrent", new WindowDimensions(15, 2), options);

        Networks.Fit(network, windows, Networks.Options with { MaxSteps = 500, LearningRate = 0.01 });
        longer.load_state_dict(network.state_dict());

        Assert.InRange(Error(network, Waves(200, rows: 12, seed: 2)), 0, 0.1);
        Assert.InRange(Error(longer, Waves(200, rows: 15, seed: 2)), 0, 0.5);
    }

    [Fact]
    public void Encode_RowsInAnotherOrder_GivesAnotherCode()
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("recurrent", new WindowDimensions(6, 1), new NetworkOptions { Hidden = [8, 4], Latent = 3 });
        Tensor windows = arange(12, ScalarType.Float32).view(2, 6);

        Assert.True(Networks.Squared(network.Encode(windows) - network.Encode(windows.flip(1))) > 1e-4);
        Assert.Equal([2L, 3L], network.Encode(windows).shape);
    }

    /// <summary>Mean squared error, in variances of the windows.</summary>
    private static double Error(Autoencoder network, Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Networks.Squared(network.forward(windows) - windows) / Networks.Squared(windows);
    }

    /// <summary>Windows (N, D) of a sine and a cosine of random phase and height, and of one of a few lengths.</summary>
    private static Tensor Waves(int count, int rows, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * rows * 2];
        for (int i = 0; i < count; i++)
        {
            double phase = 2 * Math.PI * random.NextDouble(), height = 0.5 + random.NextDouble(), speed = 0.4 + 0.3 * random.NextDouble();
            for (int row = 0; row < rows; row++)
            {
                values[(i * rows + row) * 2] = (float)(height * Math.Sin(phase + speed * row));
                values[(i * rows + row) * 2 + 1] = (float)(height * Math.Cos(phase + speed * row));
            }
        }

        return tensor(values).view(count, rows * 2);
    }
}
