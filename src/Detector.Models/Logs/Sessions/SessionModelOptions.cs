namespace Detector.Models.Logs.Sessions;

/// <summary>How a session model learns.</summary>
public sealed record SessionModelOptions
{
    /// <summary>Share of normal sessions that may be called anomalous.</summary>
    public double FalseAlarms { get; init; } = 0.001;

    /// <summary>Parts that the sessions are cut into: each is scored by a model that has not seen it, and the threshold is taken from those scores.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Most transitions, the commonest, that the autoencoder sees beside the counts.</summary>
    public int MaxTransitions { get; init; } = 256;

    /// <summary>Most count vectors, the commonest, that are remembered.</summary>
    public int MaxPrototypes { get; init; } = 2048;

    /// <summary>Network that reconstructs a session's counts and transitions; null leaves it out.</summary>
    public string? Network { get; init; } = "denoising";

    /// <summary>Names of the views that judge; null for all of them.</summary>
    public IReadOnlyList<string>? Views { get; init; }

    public int MaxSteps { get; init; } = 1500;

    public int Seed { get; init; } = 1;
}
