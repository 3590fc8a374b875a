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

    /// <summary>Every problem as a sentence that names the key, the value and the remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Hidden is null || Hidden.Any(width => width < 1))
            yield return $"Hidden is [{string.Join(", ", Hidden ?? [])}]; give widths of at least 1.";
        if (Latent < 1)
            yield return $"Latent is {Latent}; give a width of at least 1.";
        if (!(CorruptionNoise >= 0 && double.IsFinite(CorruptionNoise)))
            yield return FormattableString.Invariant($"CorruptionNoise is {CorruptionNoise}; give a number of at least 0.");
        if (!(CorruptionMasking is >= 0 and < 1))
            yield return FormattableString.Invariant($"CorruptionMasking is {CorruptionMasking}; give a share of at least 0 and below 1.");
        if (!(Beta >= 0 && double.IsFinite(Beta)))
            yield return FormattableString.Invariant($"Beta is {Beta}; give a number of at least 0.");
        if (!(BetaWarmup is >= 0 and <= 1))
            yield return FormattableString.Invariant($"BetaWarmup is {BetaWarmup}; give a share between 0 and 1.");
    }
}
