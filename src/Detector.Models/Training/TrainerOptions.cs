namespace Detector.Models.Training;

/// <summary>How networks are trained.</summary>
public sealed record TrainerOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Windows in a step. Larger ones are no faster on a CPU core.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Steps at most; early stopping usually ends before.</summary>
    public int MaxSteps { get; init; } = 3000;

    /// <summary>Steps between two looks at the validation part.</summary>
    public int EvaluateEvery { get; init; } = 50;

    /// <summary>Looks without a better validation loss after which training stops.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Adam's own default.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate changes over a phase, one of <see cref="LearningRateSchedule.Names"/>.</summary>
    public string Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Largest norm of the gradient; a longer one is shortened to it.</summary>
    public double MaxGradientNorm { get; init; } = 5;

    /// <summary>Share of the windows, the latest, that is kept for early stopping and calibration.</summary>
    public double ValidationShare { get; init; } = 0.25;

    /// <summary>
    /// Share of the time that may be anomalous: with more than 0, what is unlike the rest is taken out before anything is learned; see
    /// <see cref="SelfCleaning"/>.
    /// </summary>
    public double Contamination { get; init; }

    /// <summary>Changes of the windows that are learned from.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>
    /// Memory that the training windows may take, 2 GiB at most; with more, every second, third … window is used.
    /// Where values are missing, their mask takes as much again.
    /// </summary>
    public long MaxWindowBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Every problem as a sentence that names the key, the value and the remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (BatchSize < 1)
            yield return $"BatchSize is {BatchSize}; give at least 1.";
        if (MaxSteps < 1)
            yield return $"MaxSteps is {MaxSteps}; give at least 1.";
        if (EvaluateEvery < 1)
            yield return $"EvaluateEvery is {EvaluateEvery}; give at least 1.";
        if (Patience < 1)
            yield return $"Patience is {Patience}; give at least 1.";
        if (!(LearningRate is > 0 and <= 1))
            yield return FormattableString.Invariant($"LearningRate is {LearningRate}; give a number above 0 and at most 1, for example 0.001.");
        if (!LearningRateSchedule.Names.Contains(Schedule))
            yield return $"Schedule is '{Schedule}'; give one of {string.Join(", ", LearningRateSchedule.Names)}.";
        if (!(Contamination is >= 0 and <= 0.3))
            yield return FormattableString.Invariant($"Contamination is {Contamination}; give a share from 0 to 0.3, for example 0.05.");
        foreach (string problem in Augmentation.Problems())
            yield return problem;
        if (!(MaxGradientNorm > 0))
            yield return FormattableString.Invariant($"MaxGradientNorm is {MaxGradientNorm}; give a positive number, for example 5.");
        if (!(ValidationShare is > 0 and < 1))
            yield return FormattableString.Invariant($"ValidationShare is {ValidationShare}; give a share above 0 and below 1, for example 0.25.");
        if (MaxWindowBytes < 1)
            yield return $"MaxWindowBytes is {MaxWindowBytes}; give a positive number of bytes.";
    }
}
