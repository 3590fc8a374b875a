namespace Detector.Models.Training;

/// <summary>What a person wants to look at before trusting a model: compact enough to lie in the manifest.</summary>
/// <param name="Scores">Scores of the training range and the fitted tail.</param>
/// <param name="Residuals">Residuals of the validation windows, by network, view and feature; of the features that err most when there are very many.</param>
/// <param name="Latents">Codes of windows spread over the training range, one picture a network.</param>
public sealed record TrainingDiagnostics(
    ScoreDistribution Scores, IReadOnlyList<ResidualHistogram> Residuals, IReadOnlyList<LatentProjection> Latents);
