using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

internal static class Networks
{
    public static readonly TrainerOptions Options = new() { MaxSteps = 400, EvaluateEvery = 40, BatchSize = 64, LearningRate = 3e-3 };

    public static Autoencoder Create(string name, WindowDimensions dimensions, NetworkOptions? options = null)
    {
        using Generator generator = new(7, CPU);
        return AutoencoderFactory.Create(name, dimensions, options ?? Plant.Quick.Network, generator);
    }

    public static NetworkReport Fit(Autoencoder network, TrainingWindows windows, TrainerOptions? options = null) =>
        new Trainer(options ?? Options, CPU, TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, null, TestContext.Current.CancellationToken);

    public static double Squared(Tensor difference) => difference.square().mean().item<float>();
}
