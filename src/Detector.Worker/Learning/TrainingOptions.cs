namespace Detector.Worker.Learning;

/// <summary>What a model learns from, and for how long.</summary>
public sealed class TrainingOptions
{
    /// <summary>A <see cref="Warmup"/> that does not end by itself, however much is collected: whoever sets it ends it.</summary>
    internal static readonly TimeSpan Endless = TimeSpan.MaxValue;

    /// <summary>Event time that a series is watched before its model is trained.</summary>
    public TimeSpan Warmup { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Samples needed beside the time; a slower stream warms up for longer.</summary>
    public int MinSamples { get; set; } = 200;

    /// <summary>The last part of the training range, kept for early stopping and for the threshold.</summary>
    public double ValidationShare { get; set; } = 0.25;

    /// <summary>Batches that a network learns from at most; early stopping usually ends before.</summary>
    public int MaxSteps { get; set; } = 3000;

    /// <summary>Windows in a batch of the training.</summary>
    public int BatchSize { get; set; } = 128;

    /// <summary>Adam's own default.</summary>
    public double LearningRate { get; set; } = 1e-3;

    /// <summary>How the learning rate changes over the training: <c>constant</c>, <c>cosine</c> or <c>one-cycle</c>.</summary>
    public string Schedule { get; set; } = "constant";

    /// <summary>Looks at the validation part, every 50 steps, without a better loss after which training stops. Ten outlast the noise of the loss.</summary>
    public int Patience { get; set; } = 10;

    /// <summary>Longest step that a batch may ask for: a longer gradient is shortened to it. Normal batches stay far below.</summary>
    public double MaxGradientNorm { get; set; } = 5;

    /// <summary>
    /// Share of the training time that may be anomalous. With more than 0, samples far from the bulk of the others are found first, and nothing
    /// is learned from them; at most this share is taken out, rare states of normal operation among it, which then alarm. 0 trusts the range.
    /// </summary>
    public double Contamination { get; set; }

    public TrainingAugmentation Augmentation { get; set; } = new();

    /// <summary>Seed of initial weights, shuffling and corruption: the same data and seed give the same model.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Versions of a model that are kept.</summary>
    public int KeepVersions { get; set; } = 5;

    public RetrainOptions Retrain { get; set; } = new();
}
