namespace Detector.Models.Training;

/// <summary>
/// Changes of the windows that a network learns from, drawn anew in every step (Um et al. 2017; Wen et al. 2021). All off by default: windows overlap
/// already, and what is learned as normal here is not found as an anomaly later. Shifts in time are among the windows themselves.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>Standard deviation of Gaussian noise added to every value, in scaled units.</summary>
    public double Jitter { get; init; }

    /// <summary>Standard deviation of the factor, around 1, that each feature of a window is multiplied with.</summary>
    public double Scaling { get; init; }

    /// <summary>Longest stretch of rows, as a share of the window, that is taken to be missing.</summary>
    public double TimeMasking { get; init; }

    internal bool IsOff => Jitter == 0 && Scaling == 0 && TimeMasking == 0;

    /// <summary>Every problem as a sentence that names the key, the value and the remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Jitter is >= 0 and <= 10))
            yield return FormattableString.Invariant($"Augmentation:Jitter is {Jitter}; give a number from 0 to 10, for example 0.05.");
        if (!(Scaling is >= 0 and <= 1))
            yield return FormattableString.Invariant($"Augmentation:Scaling is {Scaling}; give a number from 0 to 1, for example 0.1.");
        if (!(TimeMasking is >= 0 and <= 0.9))
            yield return FormattableString.Invariant($"Augmentation:TimeMasking is {TimeMasking}; give a share from 0 to 0.9, for example 0.1.");
    }
}
