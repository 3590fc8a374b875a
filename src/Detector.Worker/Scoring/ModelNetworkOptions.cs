using Detector.Models.Autoencoders;

namespace Detector.Worker.Scoring;

/// <summary>Options of one network; what is not given is as <see cref="NetworkOptions"/> says, where the meanings, defaults and reasons stand.</summary>
public sealed class ModelNetworkOptions
{
    public IList<int>? Hidden { get; set; }

    public int? Latent { get; set; }

    public string? Activation { get; set; }

    public string? OutputActivation { get; set; }

    public double? WeightDecay { get; set; }

    public double? CorruptionNoise { get; set; }

    public double? CorruptionMasking { get; set; }

    public double? CorruptionSwap { get; set; }

    public double? SparsityTarget { get; set; }

    public double? SparsityWeight { get; set; }

    public double? ContractionWeight { get; set; }

    public double? PretrainingShare { get; set; }

    public double? Beta { get; set; }

    public double? BetaWarmup { get; set; }

    public int? Samples { get; set; }

    public IList<int>? Channels { get; set; }

    public int? Kernel { get; set; }

    public string? Cell { get; set; }

    public double? AdversarialEpochs { get; set; }

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
