using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scaling;
using Detector.Models.Thresholds;

namespace Detector.Models.Training;

/// <summary>Everything that decides which model comes out of the same data.</summary>
public sealed record ModelSettings
{
    /// <summary>The default ensemble: two networks that err differently, and the linear one that never overfits.</summary>
    public static IReadOnlyList<string> DefaultNetworks { get; } = ["denoising", "variational", "linear"];

    public IReadOnlyList<string> Networks { get; init; } = DefaultNetworks;

    /// <summary>Options of every network that has none of its own.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>Options of single networks by name.</summary>
    public IReadOnlyDictionary<string, NetworkOptions> NetworkOverrides { get; init; } = new Dictionary<string, NetworkOptions>();

    /// <summary>Name of the scaler.</summary>
    public string Scaler { get; init; } = "standard";

    /// <summary>Whose days and weeks are looked for in the data; null looks for none.</summary>
    public CalendarSettings? Calendar { get; init; }

    /// <summary>A season that is known already; then none is looked for.</summary>
    public Season? Season { get; init; }

    /// <summary>Whether the level of features that wander by themselves is taken out (<see cref="Scoring.Detrending"/>).</summary>
    public bool Detrend { get; init; } = true;

    /// <summary>Time between two rows of a window; needed with <see cref="Calendar"/>.</summary>
    public long PeriodTicks { get; init; }

    /// <summary>What the trained model is to be scored in, if its verdicts stay the same; training is in single precision.</summary>
    public Precision Precision { get; init; }

    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>Name of the threshold method.</summary>
    public string Threshold { get; init; } = ThresholdFactory.DriftingSpot;

    public ThresholdOptions ThresholdOptions { get; init; } = new();

    /// <summary>Options that a network is made with.</summary>
    public NetworkOptions OptionsOf(string network) => NetworkOverrides.GetValueOrDefault(network, Network);
}
