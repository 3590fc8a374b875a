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

    /// <summary>Largest norm of the gradient; a longer one is shortened to it.</summary>
    public double MaxGradientNorm { get; init; } = 5;

    /// <summary>Share of the windows, the latest, that is kept for early stopping and calibration.</summary>
    public double ValidationShare { get; init; } = 0.25;

    /// <summary>Memory that the training windows may take; with more, every second, third … window is used.</summary>
    public long MaxWindowBytes { get; init; } = 512L * 1024 * 1024;
}
