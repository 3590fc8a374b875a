using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainerOptions Options = new() { MaxSteps = 500, EvaluateEvery = 10, Patience = 4, LearningRate = 0.01 };

    [Fact]
    public void Fit_ValidationTurnsWorse_StopsAndRestoresTheBestWeights()
    {
        using TrainingWindows windows = Plant.Run(200, 4, 1, seed: 1).Windows();
        // Every step moves w by the learning rate; the validation loss is least at 0.5, which is after 50 steps.
        using var network = new Climber(w => (w - 0.5f).square());

        NetworkReport report = Fit(network, windows);

        Assert.Equal(50, report.BestStep);
        Assert.Equal(90, report.Steps);
        Assert.Equal(0.5f, network.Height, 1e-3f);
        Assert.Equal(9, report.ValidationLoss.Count);
        Assert.Equal(report.ValidationLoss.Min(), report.BestLoss);
        Assert.Equal(1, report.Parameters);
    }

    [Fact]
    public void Fit_StepsRunOut_LooksOnceMoreAtTheEnd()
    {
        using TrainingWindows windows = Plant.Run(200, 4, 1, seed: 1).Windows();
        using var network = new Climber(w => (w - 0.5f).square());

        NetworkReport report = Fit(network, windows, Options with { MaxSteps = 25 });

        Assert.Equal((25, 25, 3), (report.Steps, report.BestStep, report.ValidationLoss.Count));
        Assert.Equal(0.25f, network.Height, 1e-3f);
    }

    [Fact]
    public void Fit_LossIsNoNumber_NamesTheNetworkAndTheRemedy()
    {
        using TrainingWindows windows = Plant.Run(200, 4, 1, seed: 1).Windows();
        using var network = new Climber(w => (0.255f - w).log());

        var error = Assert.Throws<TrainingException>(() => Fit(network, windows));

        Assert.Contains("'climber' diverged at step 30", error.Message, StringComparison.Ordinal);
        Assert.Contains("Training:LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ErrorOnlyGrows_IsRefused()
    {
        using TrainingWindows windows = Plant.Run(200, 4, 1, seed: 1).Windows();
        using var network = new Climber(w => w, goal: -0.3);

        var error = Assert.Throws<TrainingException>(() => Fit(network, windows));

        Assert.Contains("instead of lowering it", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.01", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using TrainingWindows windows = Plant.Run(200, 4, 1, seed: 1).Windows();
        using var network = new Climber(w => w);

        Assert.Throws<OperationCanceledException>(() => new Trainer(Options, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, null, new CancellationToken(true)));
    }

    private static NetworkReport Fit(Autoencoder network, TrainingWindows windows, TrainerOptions? options = null) =>
        new Trainer(options ?? Options, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, null, TestContext.Current.CancellationToken);

    /// <summary>One weight that every training step raises, and a validation loss of choice.</summary>
    private sealed class Climber : Autoencoder
    {
        private readonly Parameter weight;
        private readonly Func<Tensor, Tensor> _validation;
        private readonly double _goal;

        public Climber(Func<Tensor, Tensor> validation, double goal = 0.5)
            : base("climber", new WindowDimensions(4, 1), new NetworkOptions())
        {
            weight = new Parameter(zeros(1));
            _validation = validation;
            _goal = goal;
            RegisterComponents();
        }

        public float Height => weight.item<float>();

        public override Tensor forward(Tensor windows) => windows + (weight - _goal);

        public override Tensor Encode(Tensor windows) => windows;

        public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise) =>
            noise is null ? _validation(weight).sum() : -weight.sum();
    }
}
