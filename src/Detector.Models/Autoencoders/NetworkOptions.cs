namespace Detector.Models.Autoencoders;

/// <summary>Shape and regularisation of a network. A network reads the options that concern it and ignores the others.</summary>
public sealed record NetworkOptions
{
    /// <summary>Widest layer; a wider one takes more memory than any window is worth.</summary>
    public const int MaxWidth = 8192;

    /// <summary>Most hidden layers; without normalisation or shortcuts, deeper ones do not train.</summary>
    public const int MaxLayers = 8;

    /// <summary>Widths of the encoder's hidden layers; the decoder mirrors them. One layer: two gain nothing on windows of sensors and cost twice as much.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Z, width of the code. 32 is what the measurements in docs/accuracy.md were made with.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Activation of the hidden layers, one of <see cref="Activations.Names"/>. ReLU is the cheapest and never saturates.</summary>
    public string Activation { get; init; } = Activations.Relu;

    /// <summary>
    /// Activation behind the last layer, one of <see cref="Activations.OutputNames"/>. Linear reaches every value; a sigmoid only the range that
    /// the min-max scaler saw in training, and belongs with it.
    /// </summary>
    public string OutputActivation { get; init; } = Activations.Linear;

    /// <summary>Share of each weight that a step takes away, times the learning rate (AdamW, Loshchilov and Hutter 2019). Early stopping makes it needless.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Denoising: standard deviation of the Gaussian corruption, in scaled units (1 = one robust standard deviation of the feature).</summary>
    public double CorruptionNoise { get; init; } = 0.1;

    /// <summary>Denoising: share of values that the masking corruption sets to the centre.</summary>
    public double CorruptionMasking { get; init; } = 0.1;

    /// <summary>
    /// Denoising: share of values that the swap corruption takes from another window of the batch. 0: the other two already forbid copying; raise it
    /// where features are discrete and noise would give values that never occur.
    /// </summary>
    public double CorruptionSwap { get; init; }

    /// <summary>Sparse: ρ, the mean activation of each unit of the code. 0.05 is the value of Ng's lecture notes (2011).</summary>
    public double SparsityTarget { get; init; } = 0.05;

    /// <summary>Sparse: weight of the divergence from ρ, averaged over the code, beside the mean squared error. At 10 the code comes within a third of ρ, at 1 to twice ρ.</summary>
    public double SparsityWeight { get; init; } = 10;

    /// <summary>Contractive: λ, weight of the Jacobian's squared Frobenius norm beside the summed squared error. At 0.3 it costs little reconstruction, at 3 much.</summary>
    public double ContractionWeight { get; init; } = 0.3;

    /// <summary>Stacked: steps of each layer's pre-training, as a share of <c>MaxSteps</c>. Layers alone converge fast; the fine-tuning has all steps.</summary>
    public double PretrainingShare { get; init; } = 0.2;

    /// <summary>Variational: weight of the divergence from the prior. 1 is the evidence lower bound itself.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Variational: share of the training over which <see cref="Beta"/> grows from 0 to its value, so that the code is in use before it is priced.</summary>
    public double BetaWarmup { get; init; } = 0.2;

    /// <summary>
    /// Variational: K, draws of the code over which scoring takes the reconstruction probability (An and Cho 2015). 0 scores the reconstruction from
    /// the mean of the code: one pass instead of K.
    /// </summary>
    public int Samples { get; init; }

    /// <summary>Convolutional: channels of the encoder's layers, each of which halves the time; the decoder mirrors them.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [32, 32];

    /// <summary>Convolutional: rows that one filter sees, an odd number. 5 rows in two layers see 13.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Recurrent: one of <see cref="RecurrentCells.Names"/>. A GRU has three quarters of an LSTM's weights and errs no more on windows this short.</summary>
    public string Cell { get; init; } = RecurrentCells.Gru;

    /// <summary>
    /// Adversarial: n of the schedule 1/n at the end of the contest, whose weight goes from 0 to 1 − 1/n. Beyond 2 the decoders pay for it with the
    /// reconstruction of normal windows.
    /// </summary>
    public double AdversarialEpochs { get; init; } = 2;

    /// <summary>Adversarial: α, share of the first decoder's error in the score; the second one's has 1 − α. More of the first: fewer false alarms.</summary>
    public double AdversarialAlpha { get; init; } = 0.5;

    /// <summary>Every problem as a sentence that names the key, the value and the remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        IEnumerable<string?> problems =
        [
            Widths(nameof(Hidden), Hidden, least: 0),
            Whole(nameof(Latent), Latent, 1, MaxWidth),
            Known(nameof(Activation), Activation, Activations.Names),
            Known(nameof(OutputActivation), OutputActivation, Activations.OutputNames),
            Number(nameof(WeightDecay), WeightDecay, WeightDecay is >= 0 and < 1, "a share of at least 0 and below 1"),
            Number(nameof(CorruptionNoise), CorruptionNoise, CorruptionNoise >= 0, "a number of at least 0"),
            Number(nameof(CorruptionMasking), CorruptionMasking, CorruptionMasking is >= 0 and < 1, "a share of at least 0 and below 1"),
            Number(nameof(CorruptionSwap), CorruptionSwap, CorruptionSwap is >= 0 and < 1, "a share of at least 0 and below 1"),
            Number(nameof(SparsityTarget), SparsityTarget, SparsityTarget is > 0 and < 1, "a share above 0 and below 1, for example 0.05"),
            Number(nameof(SparsityWeight), SparsityWeight, SparsityWeight >= 0, "a number of at least 0"),
            Number(nameof(ContractionWeight), ContractionWeight, ContractionWeight >= 0, "a number of at least 0"),
            Number(nameof(PretrainingShare), PretrainingShare, PretrainingShare is > 0 and <= 1, "a share above 0, at most 1"),
            Number(nameof(Beta), Beta, Beta >= 0, "a number of at least 0"),
            Number(nameof(BetaWarmup), BetaWarmup, BetaWarmup is >= 0 and <= 1, "a share between 0 and 1"),
            Whole(nameof(Samples), Samples, 0, 1000),
            Widths(nameof(Channels), Channels, least: 1),
            Kernel % 2 == 1 ? Whole(nameof(Kernel), Kernel, 1, 99) : $"{nameof(Kernel)} is {Kernel}; give an odd number from 1 to 99.",
            Known(nameof(Cell), Cell, RecurrentCells.Names),
            Number(nameof(AdversarialEpochs), AdversarialEpochs, AdversarialEpochs >= 1, "a number of at least 1"),
            Number(nameof(AdversarialAlpha), AdversarialAlpha, AdversarialAlpha is >= 0 and <= 1, "a share between 0 and 1"),
        ];
        return problems.OfType<string>();
    }

    private static string? Widths(string key, IReadOnlyList<int>? widths, int least) =>
        widths is not null && widths.Count >= least && widths.Count <= MaxLayers && widths.All(width => width is >= 1 and <= MaxWidth)
            ? null
            : $"{key} is [{string.Join(", ", widths ?? [])}]; give {least} to {MaxLayers} widths from 1 to {MaxWidth}.";

    private static string? Whole(string key, int value, int least, int most) =>
        value >= least && value <= most ? null : $"{key} is {value}; give a whole number from {least} to {most}.";

    private static string? Number(string key, double value, bool inside, string range) =>
        inside && double.IsFinite(value) ? null : FormattableString.Invariant($"{key} is {value}; give {range}.");

    private static string? Known(string key, string value, IReadOnlyList<string> known) =>
        known.Contains(value, StringComparer.Ordinal) ? null : $"{key} is '{value}'; give one of {string.Join(", ", known)}.";
}
