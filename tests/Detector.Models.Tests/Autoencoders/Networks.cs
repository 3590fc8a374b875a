using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

internal static class Networks
{
    public static readonly TrainerOptions Options = new() { MaxSteps = 400, EvaluateEvery = 40, BatchSize = 64, LearningRate = 3e-3 };

    /// <summary>Every network.</summary>
    public static TheoryData<string> Names => [.. AutoencoderFactory.Names];

    /// <summary>Those that are trained by gradient descent.</summary>
    public static TheoryData<string> Trained => [.. AutoencoderFactory.Names.Where(name => name != "linear")];

    public static Autoencoder Create(string name, WindowDimensions dimensions, NetworkOptions? options = null)
    {
        using Generator generator = new(7, CPU);
        return AutoencoderFactory.Create(name, dimensions, options ?? Plant.Quick.Network, generator);
    }

    public static NetworkReport Fit(Autoencoder network, TrainingWindows windows, TrainerOptions? options = null) =>
        new Trainer(options ?? Options, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, null, TestContext.Current.CancellationToken);

    public static double Squared(Tensor difference) => difference.square().mean().item<float>();

    /// <summary>A figure that a network measures of itself.</summary>
    public static IReadOnlyList<double> Figure(NetworkReport report, string name) =>
        report.Properties.Single(figure => figure.Name.StartsWith(name, StringComparison.Ordinal)).Values;

    /// <summary>Windows (N, D) as the two parts of a training range, the first three quarters to train on.</summary>
    public static TrainingWindows Split(Tensor windows, WindowDimensions dimensions)
    {
        int count = (int)windows.shape[0], first = count * 3 / 4;
        var parts = new TrainingWindows(new WindowSet(dimensions, first), new WindowSet(dimensions, count - first));
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(windows.bytes);
        for (int i = 0; i < count; i++)
            (i < first ? parts.Training : parts.Validation).Add(values.Slice(i * dimensions.Size, dimensions.Size), i * TimeSpan.TicksPerSecond, 0);
        return parts;
    }
}
