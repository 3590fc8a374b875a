using Detector.Models.Autoencoders;
using Detector.Models.Scaling;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;

namespace Detector.Models.Training;

/// <summary>Trained networks with the views fitted to what they make of the training range, and the threshold to the scores that come of it.</summary>
/// <param name="Model">Scores windows.</param>
/// <param name="Scores">Those of the training range.</param>
/// <param name="Threshold">Fitted on them.</param>
internal sealed record CalibratedModel(AnomalyModel Model, NormalScores Scores, IThreshold Threshold)
{
    /// <exception cref="TrainingException">The scores are no numbers.</exception>
    public static CalibratedModel Of(
        Autoencoder[] networks, IReadOnlyList<string> features, FeatureScaler scaler, TrainingWindows windows, ModelSettings settings, ScoringTarget target)
    {
        var model = new AnomalyModel(
            features, scaler, windows.Training.Dimensions, networks, [.. new ViewFitting(networks, windows, target).Fit()], new float[features.Count], target);
        NormalScores scores = Calibration.Complete(model, windows);
        if (!scores.Scores.All(double.IsFinite))
            throw new TrainingException("The trained model gives scores that are no finite numbers; look for extreme values in the training range.");
        IThreshold threshold = ThresholdFactory.Create(settings.Threshold, settings.ThresholdOptions);
        threshold.Fit(scores.Scores, scores.Ticks, scores.Segments);
        if (model.WorksAhead)
            model.Probes = PrecisionProbes.Choose(windows.Validation);
        return new CalibratedModel(model, scores, threshold);
    }
}
