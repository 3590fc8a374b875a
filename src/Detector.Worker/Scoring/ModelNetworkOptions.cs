using Detector.Models.Autoencoders;

namespace Detector.Worker.Scoring;

/// <summary>Options of one network; what is not given is as <see cref="NetworkOptions"/> says, where the meanings, defaults and reasons stand.</summary>
public sealed class ModelNetworkOptions
{
    /// <inheritdoc cref="NetworkOptions.Hidden"/>
    public IList<int>? Hidden { get; set; }

    /// <inheritdoc cref="NetworkOptions.Latent"/>
    public int? Latent { get; set; }

    /// <inheritdoc cref="NetworkOptions.Activation"/>
    public string? Activation { get; set; }

    /// <inheritdoc cref="NetworkOptions.OutputActivation"/>
    public string? OutputActivation { get; set; }

    /// <inheritdoc cref="NetworkOptions.WeightDecay"/>
    public double? WeightDecay { get; set; }

    /// <inheritdoc cref="NetworkOptions.CorruptionNoise"/>
    public double? CorruptionNoise { get; set; }

    /// <inheritdoc cref="NetworkOptions.CorruptionMasking"/>
    public double? CorruptionMasking { get; set; }

    /// <inheritdoc cref="NetworkOptions.CorruptionSwap"/>
    public double? CorruptionSwap { get; set; }

    /// <inheritdoc cref="NetworkOptions.SparsityTarget"/>
    public double? SparsityTarget { get; set; }

    /// <inheritdoc cref="NetworkOptions.SparsityWeight"/>
    public double? SparsityWeight { get; set; }

    /// <inheritdoc cref="NetworkOptions.ContractionWeight"/>
    public double? ContractionWeight { get; set; }

    /// <inheritdoc cref="NetworkOptions.PretrainingShare"/>
    public double? PretrainingShare { get; set; }

    /// <inheritdoc cref="NetworkOptions.Beta"/>
    public double? Beta { get; set; }

    /// <inheritdoc cref="NetworkOptions.BetaWarmup"/>
    public double? BetaWarmup { get; set; }

    /// <inheritdoc cref="NetworkOptions.Samples"/>
    public int? Samples { get; set; }

    /// <inheritdoc cref="NetworkOptions.Channels"/>
    public IList<int>? Channels { get; set; }

    /// <inheritdoc cref="NetworkOptions.Kernel"/>
    public int? Kernel { get; set; }

    /// <inheritdoc cref="NetworkOptions.Cell"/>
    public string? Cell { get; set; }

    /// <inheritdoc cref="NetworkOptions.AdversarialEpochs"/>
    public double? AdversarialEpochs { get; set; }

    /// <inheritdoc cref="NetworkOptions.AdversarialAlpha"/>
    public double? AdversarialAlpha { get; set; }

    /// <summary>These options where given, <paramref name="common"/> elsewhere.</summary>
    public NetworkOptions Over(NetworkOptions common) => new()
    {
        Hidden = Hidden is null ? common.Hidden : [.. Hidden],
        Latent = Latent ?? common.Latent,
        Activation = Activation ?? common.Activation,
        OutputActivation = OutputActivation ?? common.OutputActivation,
        WeightDecay = WeightDecay ?? common.WeightDecay,
        CorruptionNoise = CorruptionNoise ?? common.CorruptionNoise,
        CorruptionMasking = CorruptionMasking ?? common.CorruptionMasking,
        CorruptionSwap = CorruptionSwap ?? common.CorruptionSwap,
        SparsityTarget = SparsityTarget ?? common.SparsityTarget,
        SparsityWeight = SparsityWeight ?? common.SparsityWeight,
        ContractionWeight = ContractionWeight ?? common.ContractionWeight,
        PretrainingShare = PretrainingShare ?? common.PretrainingShare,
        Beta = Beta ?? common.Beta,
        BetaWarmup = BetaWarmup ?? common.BetaWarmup,
        Samples = Samples ?? common.Samples,
        Channels = Channels is null ? common.Channels : [.. Channels],
        Kernel = Kernel ?? common.Kernel,
        Cell = Cell ?? common.Cell,
        AdversarialEpochs = AdversarialEpochs ?? common.AdversarialEpochs,
        AdversarialAlpha = AdversarialAlpha ?? common.AdversarialAlpha,
    };
}
