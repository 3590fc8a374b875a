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
    public const int MinWindows = TrainingWindows.MinWindows;

    /// <exception cref="TrainingException">Impossible settings, too few windows, or a loss that diverged.</exception>
    /// <param name="from">A model whose weights the networks begin with, where they are of the same kind and size; null begins anew.</param>
    public TrainedModel Train(ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancel, AnomalyModel? from = null)
    {
        string[] problems =
        [
            .. settings.Trainer.Problems(),
            .. settings.Networks.SelectMany(network => settings.OptionsOf(network).Problems()).Distinct(),
        ];
        if (problems.Length > 0)
            throw new TrainingException(string.Join(" ", problems));

        long started = clock.GetTimestamp();
        (FeatureScaler scaler, TrainingWindows collected, SuspiciousTimes? suspicious) = Collect(data);
        using TrainingWindows windows = collected;
        CleaningReport? cleaning = suspicious is null ? null : SelfCleaning.TakeOut(windows, suspicious, settings.Trainer.Contamination);
        (WindowSet training, WindowSet validation) = windows;

        var networks = new Autoencoder[settings.Networks.Count];
        var reports = new NetworkReport[networks.Length];
        try
        {
            var trainer = new Trainer(settings.Trainer, compute, clock);
            Detrending? detrending = settings.Detrend ? Wandering.Find(windows, Probe, compute) : null;
            if (detrending is not null)
                Wandering.TakeOut(detrending, windows);
            for (int n = 0; n < networks.Length; n++)
            {
                networks[n] = Create(settings.Networks[n], data.Dimensions);
                WarmStart.Take(networks[n], from);
                reports[n] = trainer.Fit(networks[n], training, validation, progress, cancel);
            }

            if (validation.Count == 0)
                throw new TrainingException("No window is left to calibrate on; lengthen Training:Warmup or raise Training:ValidationShare.");
            CheckFinite(networks);
            CalibratedModel exact = Calibrate(new ScoringTarget(compute));
            ((AnomalyModel model, NormalScores scores, IThreshold threshold), PrecisionReport? precision) =
                PrecisionTrial.Of(exact, new ScoringTarget(compute, settings.Precision), Calibrate);
            var report = new TrainingReport(
                data.Rows.Length / data.Features.Count, training.Count, validation.Count, windows.MissingShare, reports, threshold.Describe(),
                settings.Trainer.EvaluateEvery, cleaning, clock.GetElapsedTime(started).TotalSeconds) { Precision = precision };
            TrainingDiagnostics diagnostics = new DiagnosticsCollector(model, training, validation, compute).Collect(scores.Scores, threshold);
            // The windows of the range are without the levels already.
            model.Detrending = detrending;
            return new TrainedModel(model, threshold.Save(), report, diagnostics);

            CalibratedModel Calibrate(ScoringTarget target) => CalibratedModel.Of(networks, data.Features, scaler, windows, settings, target);

            Autoencoder Probe()
            {
                Autoencoder probe = Create("linear", data.Dimensions);
                trainer.Fit(probe, training, validation, null, cancel);
                return probe;
            }
        }
        catch
        {
            foreach (Autoencoder? network in networks)
                network?.Dispose();
            throw;
        }
    }

    /// <summary>The windows of the range, scaled. With contamination, what is unlike the rest is found, and has no say in the scales.</summary>
    private (FeatureScaler Scaler, TrainingWindows Windows, SuspiciousTimes? Suspicious) Collect(ITrainingData data)
    {
        FeatureScaler scaler = SeasonalScaling.Fit(settings, data);
        if (scaler.Unobserved.Count == data.Features.Count)
        {
            throw new TrainingException(
                $"Not one value was measured in the {data.Rows.Length / data.Features.Count} rows of the training range; " +
                "look at what the source sends and at Decode:Features.");
        }

        TrainingWindows windows = TrainingWindows.Collect(data, scaler, settings.Trainer);
        if (settings.Trainer.Contamination == 0)
            return (scaler, windows, null);
        SuspiciousTimes suspicious = SelfCleaning.Find(windows, settings.Trainer.Contamination);
        if (suspicious.Count == 0)
            return (scaler, windows, suspicious);
        windows.Dispose();
        scaler = SeasonalScaling.Fit(settings, data, suspicious);
        return (scaler, TrainingWindows.Collect(data, scaler, settings.Trainer), suspicious);
    }

    /// <summary>The last guard before a model may be stored: a model with a value that is no number is none.</summary>
    private static void CheckFinite(Autoencoder[] networks)
    {
        using var scope = NewDisposeScope();
        foreach (Autoencoder network in networks)
        {
            foreach ((string name, Tensor value) in network.state_dict())
            {
                if (!value.isfinite().all().item<bool>())
                    throw new TrainingException($"Training of network '{network.Name}' left values in '{name}' that are no finite numbers; lower Training:LearningRate.");
            }
        }
    }

    private Autoencoder Create(string network, WindowDimensions dimensions)
    {
        using Generator generator = new((ulong)settings.Trainer.Seed, CPU);
        return AutoencoderFactory.Create(network, dimensions, settings.OptionsOf(network), generator);
    }
}
