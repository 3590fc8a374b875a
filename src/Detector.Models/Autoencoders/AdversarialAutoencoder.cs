using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Two decoders on one encoder, trained against each other (USAD, Audibert et al. 2020). AE₁ learns to reconstruct windows so that AE₂ takes its
/// reconstructions for windows, AE₂ to tell the two apart; so AE₂ enlarges what AE₁ has left of an anomaly. At n of the schedule the
/// reconstruction weighs 1/n and the contest 1 − 1/n. The score is α ‖x − AE₁(x)‖² + (1 − α) ‖x − AE₂(AE₁(x))‖².
/// </summary>
public sealed class AdversarialAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron first;
    private readonly Perceptron second;

    public AdversarialAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("adversarial", dimensions, options)
    {
        int[] widths = [options.Latent, .. options.Hidden.Reverse(), dimensions.Size];
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        first = new Perceptron("first", widths, options.Activation);
        second = new Perceptron("second", widths, options.Activation);
        RegisterComponents();
        encoder.Initialise(generator);
        first.Initialise(generator);
        second.Initialise(generator);
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Activations.Apply(Options.Activation, encoder.forward(windows)).MoveToOuterDisposeScope(); // (B, Z)
    }

    /// <summary>AE₁.</summary>
    public override Tensor forward(Tensor windows) => Through(first, windows);

    public override Tensor Score(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor once = forward(windows), twice = Through(second, once); // (B, D)
        return Blend(windows, [(once, Options.AdversarialAlpha), (twice, 1 - Options.AdversarialAlpha)]).MoveToOuterDisposeScope();
    }

    internal override NetworkPlan Compile(bool newestOnly)
    {
        return new AdversarialPlan(Plan(first, newestOnly: false), Plan(second, newestOnly), Options.AdversarialAlpha);

        DensePlan Plan(Perceptron decoder, bool newestOnly) => new(Wanted(
            [.. encoder.Describe(Activations.Behind(Options.Activation)), .. decoder.Describe(Activations.BehindOutput(Options.OutputActivation))], newestOnly));
    }

    /// <summary>What AE₁ lowers: its own error, and that of its reconstruction once more through AE₂.</summary>
    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        double own = OwnShare(progress);
        Tensor once = forward(windows); // (B, D)
        Tensor error = SquaredError(once, windows, observed);
        return (error * own + Contest(once, windows, observed) * (1 - own)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The contest, both decoders in turn on the encoder that they share, to its end: neither loss tells when it is over. Then AE₁ alone settles
    /// against what AE₂ has become, so that normal windows pass through both and training ends where something falls.
    /// </summary>
    public override IReadOnlyList<TrainingPhase> Phases() =>
    [
        new TrainingPhase([With(first, Loss), With(second, SecondLoss)], Loss) { StopsEarly = false },
        new TrainingPhase([With(first, SettledLoss)], SettledLoss) { Share = 0.5 },
    ];

    /// <summary>How much larger the error becomes by the second decoder, on normal windows and on noise of their size.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        using Generator generator = new(1, CPU);
        Tensor foreign = randn(windows.shape, generator: generator).to(windows.device) * windows.square().mean([0L], true).sqrt(); // (B, D)
        return
        [
            new PropertyFigure("error of the second decoder, in errors of the first, on normal windows", Amplification(windows)),
            new PropertyFigure("error of the second decoder, in errors of the first, on foreign noise", Amplification(foreign)),
        ];
    }

    /// <summary>What AE₂ lowers: its own error less that of what AE₁ made of the window.</summary>
    private Tensor SecondLoss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        double own = OwnShare(progress);
        Tensor error = SquaredError(Through(second, windows), windows, observed);
        return (error * own - Contest(forward(windows), windows, observed) * (1 - own)).MoveToOuterDisposeScope();
    }

    private Tensor SettledLoss(Tensor windows, Tensor? observed, double progress, Generator? noise) => Loss(windows, observed, 1, noise);

    /// <summary>
    /// Error of AE₂(AE₁(x)), which AE₁ lowers and AE₂ raises. The paper's data and outputs are between 0 and 1; here outputs are not bounded, so the
    /// error is, at 1: without, AE₂ learned nothing but to raise it, to 1,000 variances of the data.
    /// </summary>
    private Tensor Contest(Tensor once, Tensor windows, Tensor? observed)
    {
        Tensor error = SquaredError(Through(second, once), windows, observed);
        return error / (error + 1);
    }

    /// <summary>1/n.</summary>
    private double OwnShare(double progress) => 1 / (1 + progress * (Options.AdversarialEpochs - 1));

    private Tensor Through(Perceptron decoder, Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor output = decoder.forward(Encode(windows)); // (B, D)
        return Activations.ApplyToOutput(Options.OutputActivation, output).MoveToOuterDisposeScope();
    }

    private Objective With(Perceptron decoder, LossFunction loss)
    {
        Parameter[] parameters = [.. encoder.parameters(), .. decoder.parameters()];
        return new Objective(parameters, loss);
    }

    private double Amplification(Tensor windows)
    {
        Tensor once = forward(windows);
        return SquaredError(Through(second, once), windows, null).item<float>() / SquaredError(once, windows, null).item<float>();
    }
}
