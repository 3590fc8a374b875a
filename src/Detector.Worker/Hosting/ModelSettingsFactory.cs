using Detector.Models.Compute;
using Detector.Models.Thresholds;
using Detector.Models.Training;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Hosting;

/// <summary>Turns a pipeline's options into what the models take.</summary>
internal static class ModelSettingsFactory
{
    /// <exception cref="ArgumentException">The rate of false alarms cannot be read.</exception>
    public static ModelSettings Create(PipelineOptions options)
    {
        if (!FalseAlarmRate.TryParse(options.Threshold.FalseAlarms, out FalseAlarmRate rate, out string? error))
            throw new ArgumentException(error, nameof(options));
        IReadOnlyList<string> networks = options.Model.Networks.Count > 0 ? [.. options.Model.Networks] : ModelSettings.DefaultNetworks;
        return new ModelSettings
        {
            Networks = networks,
            NetworkOverrides = networks.ToDictionary(network => network, options.Model.For, StringComparer.Ordinal),
            Scaler = options.Model.Scaler,
            Calendar = options.Model.Calendar.Settings,
            Detrend = options.Model.Detrend == "auto",
            Precision = Precisions.Parse(options.Model.Precision),
            Trainer = new TrainerOptions
            {
                Seed = options.Training.Seed,
                BatchSize = options.Training.BatchSize,
                MaxSteps = options.Training.MaxSteps,
                LearningRate = options.Training.LearningRate,
                Schedule = options.Training.Schedule,
                Patience = options.Training.Patience,
                MaxGradientNorm = options.Training.MaxGradientNorm,
                Contamination = options.Training.Contamination,
                Augmentation = new AugmentationOptions
                {
                    Jitter = options.Training.Augmentation.Jitter,
                    Scaling = options.Training.Augmentation.Scaling,
                    TimeMasking = options.Training.Augmentation.TimeMasking,
                },
                ValidationShare = options.Training.ValidationShare,
            },
            Threshold = options.Threshold.Method,
            ThresholdOptions = new Detector.Models.Thresholds.ThresholdOptions
            {
                FalseAlarms = rate,
                Quantile = options.Threshold.Quantile,
                Factor = options.Threshold.Factor,
                DriftMemory = options.Threshold.DriftMemory,
                NewNormal = options.Threshold.NewNormal,
                Release = options.Threshold.Release,
                StaticValue = options.Threshold.Value,
            },
        };
    }
}
