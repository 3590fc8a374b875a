using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class StackedAutoencoderTests
{
    private static readonly NetworkOptions Deep = new() { Hidden = [32, 16], Latent = 8, PretrainingShare = 1 };
    private static readonly TrainerOptions EveryStep = Networks.Options with { MaxSteps = 150, EvaluateEvery = 1, Patience = 1000 };

    [Fact]
    public void Fit_AfterPretraining_FineTuningStartsFarBelowADenseNetwork()
    {
        using TrainingWindows windows = Plant.Run(900, 8, 4, seed: 1).Windows();
        using Autoencoder dense = Networks.Create("dense", windows.Training.Dimensions, Deep);
        using Autoencoder stacked = Networks.Create("stacked", windows.Training.Dimensions, Deep);

        NetworkReport cold = Networks.Fit(dense, windows, EveryStep), warm = Networks.Fit(stacked, windows, EveryStep);

        Assert.True(warm.ValidationLoss[0] < 0.5 * cold.ValidationLoss[0], $"{warm.ValidationLoss[0]} against {cold.ValidationLoss[0]}");
        Assert.True(warm.BestLoss < cold.BestLoss, $"{warm.BestLoss} against {cold.BestLoss}");
        Assert.Equal(150, warm.ValidationLoss.Count); // of the fine-tuning alone
        Assert.Equal(3 * 150 + 150, warm.Steps);
        Assert.InRange(warm.BestStep, 3 * 150 + 1, warm.Steps);
    }

    [Fact]
    public void Phases_PretrainingOfALayer_MovesThatLayerAndItsMirrorAlone()
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create("stacked", new WindowDimensions(4, 3), Deep);
        IReadOnlyList<TrainingPhase> phases = network.Phases();
        Tensor windows = randn(16, 12);

        Objective second = phases[1].Objectives.Single();
        second.Loss(windows, null, 0, null).backward();

        Assert.Equal(4, phases.Count);
        Assert.Equal([[16, 32], [16], [32, 16], [32]], second.Parameters.Select(parameter => parameter.shape));
        Assert.All(second.Parameters, parameter => Assert.True(parameter.grad!.abs().sum().item<float>() > 0));
        Assert.Equal(4, network.parameters().Count(parameter => parameter.grad is not null));
    }
}
