namespace Detector.Models.Autoencoders;

/// <summary>Shape and regularisation of a network.</summary>
public sealed record NetworkOptions
{
    /// <summary>Widths of the encoder's hidden layers; the decoder mirrors them.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Z, width of the code.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Standard deviation of the Gaussian corruption, in scaled units (1 = one robust standard deviation of the feature).</summary>
    public double CorruptionNoise { get; init; } = 0.1;

    /// <summary>Share of values that the masking corruption hides.</summary>
    public double CorruptionMasking { get; init; } = 0.1;

    /// <summary>Weight of the divergence from the prior in the variational loss.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Share of the training over which <see cref="Beta"/> grows from 0 to its value.</summary>
    public double BetaWarmup { get; init; } = 0.2;
}
