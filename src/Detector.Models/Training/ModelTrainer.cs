using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scaling;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Trains a model of normal operation: fits the scaler, the networks on the earlier part of the range, the residual scales, and the
/// threshold on the scores of the later part, which no network learned from.
/// </summary>
public sealed class ModelTrainer(ModelSettings settings, ComputeDevice compute, TimeProvider clock)
{
    /// <summary>Fewer windows than this say nothing about what is normal.</summary>
    public const int MinWindows = 64;

    /// <exception cref="TrainingException">Too few windows, or a loss that diverged.</exception>
    public TrainedModel Train(ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        FeatureScaler scaler = FeatureScaler.Fit(settings.Scaler, data.Rows, data.Features.Count);
        WindowSet windows = Collect(data, scaler);
        (WindowSet training, WindowSet validation) = ValidationSplit.Cut(windows, settings.Trainer.ValidationShare);

        var networks = new Autoencoder[settings.Networks.Count];
        var reports = new NetworkReport[networks.Length];
        try
        {
            var trainer = new Trainer(settings.Trainer, compute.Device, clock);
            for (int n = 0; n < networks.Length; n++)
            {
                using Generator generator = new((ulong)settings.Trainer.Seed, CPU);
                networks[n] = AutoencoderFactory.Create(settings.Networks[n], data.Dimensions, settings.Network, generator);
                reports[n] = trainer.Fit(networks[n], training, validation, progress, cancel);
            }

            AnomalyModel model = Calibration.Complete(data.Features, scaler, networks, training, validation, compute.Device);
            IThreshold threshold = ThresholdFactory.Create(settings.Threshold, settings.ThresholdOptions);
            threshold.Fit(Calibration.Scores(model, validation), validation.Ticks, validation.Segments);
            var report = new TrainingReport(
                data.Rows.Length / data.Features.Count, training.Count, validation.Count, windows.MissingShare, reports, threshold.Describe(),
                clock.GetElapsedTime(started).TotalSeconds);
            return new TrainedModel(model, threshold.Save(), report);
        }
        catch
        {
            foreach (Autoencoder? network in networks)
                network?.Dispose();
            throw;
        }
    }

    private WindowSet Collect(ITrainingData data, FeatureScaler scaler)
    {
        long count = 0;
        data.Replay((_, _, _) => count++);
        if (count < MinWindows)
        {
            throw new TrainingException(
                $"The training range yields {count} windows of {data.Dimensions.Rows} rows, and a model needs {MinWindows}; " +
                "lengthen Training:Warmup or shorten Window:Length.");
        }

        long every = Math.Max(1, count * data.Dimensions.Size * sizeof(float) / settings.Trainer.MaxWindowBytes + 1);
        var windows = new WindowSet(data.Dimensions);
        float[] scaled = new float[data.Dimensions.Size];
        long index = 0;
        data.Replay((window, ticks, segment) =>
        {
            if (index++ % every != 0)
                return;
            scaler.Transform(window, scaled);
            windows.Add(scaled, ticks, segment);
        });
        return windows;
    }
}
