using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>Trains the models of one pipeline and keeps them as artifacts; finds them again after a restart.</summary>
/// <param name="pipeline">Name of the pipeline.</param>
/// <param name="settings">What to train.</param>
/// <param name="keepVersions">Versions of a model that are kept.</param>
/// <param name="store">Where artifacts are kept; null keeps none.</param>
/// <param name="remote">Where other workers find them; null when there is no such place.</param>
internal sealed partial class ModelLearner(
    string pipeline, ModelSettings settings, int keepVersions, ArtifactStore? store, ComputeDevice device, TimeProvider clock, IModelRemote? remote = null)
{
    /// <summary>Whether challengers begin with the champion's weights.</summary>
    public bool WarmStarts { get; init; }

    /// <summary>Trains on the data and stores the outcome.</summary>
    /// <param name="clusterGap">Exceedances closer than this count as one false alarm.</param>
    /// <param name="baseline">How the samples came; kept with the model.</param>
    /// <exception cref="TrainingException">The data yields no model.</exception>
    /// <exception cref="IOException">The artifact cannot be written.</exception>
    public LearnedModel Learn(
        string key, ITrainingData data, long periodTicks, TimeSpan clusterGap, StreamBaseline? baseline, IProgress<TrainingProgress>? progress,
        CancellationToken cancel)
    {
        Candidate candidate = Train(key, data, periodTicks, clusterGap, baseline, progress, cancel);
        try
        {
            store?.Save(candidate.Manifest, ModelArtifact.Tensors(candidate.Learned.Model));
            store?.Prune(pipeline, key, keepVersions);
            remote?.Keep(pipeline, key, keepVersions);
            Release(candidate.Learned.Model);
        }
        catch
        {
            candidate.Learned.Model.Dispose();
            throw;
        }

        return candidate.Learned;
    }

    /// <summary>Trains on the data and stores nothing.</summary>
    /// <inheritdoc cref="Learn" path="/exception[@cref='TrainingException']"/>
    /// <param name="champion">The model that it is to be held against: its season is kept, since a pool of samples shows none, and its weights begin it where that is asked for.</param>
    public Candidate Train(
        string key, ITrainingData data, long periodTicks, TimeSpan clusterGap, StreamBaseline? baseline, IProgress<TrainingProgress>? progress,
        CancellationToken cancel, AnomalyModel? champion = null)
    {
        ModelSettings effective = settings with { ThresholdOptions = settings.ThresholdOptions.With(clusterGap), PeriodTicks = periodTicks };
        if (champion is not null)
            effective = effective with { Calendar = null, Season = champion.Scaler.Season?.On(FeaturePlaces.Find(data.Features, champion.Features)) };
        TrainedModel trained = new ModelTrainer(effective, device, clock).Train(data, progress, cancel, WarmStarts ? champion : null);
        ArtifactManifest manifest = ModelArtifact.Describe(trained, effective, pipeline, key, periodTicks, data.Range, clock.GetUtcNow())
            with { Sampling = BaselineSection.Write(baseline) };
        return new Candidate(
            manifest,
            new LearnedModel(trained.Model, trained.Threshold, data.Dimensions.Rows, periodTicks, manifest.Version, manifest.CreatedAt, trained.Report, baseline, data.Range));
    }

    /// <summary>Finds the newest stored model that verifies and fits the configuration.</summary>
    /// <param name="accepts">Whether a window of so many rows at so many ticks is what the configuration asks for.</param>
    /// <param name="refusals">A sentence for each newer one that does not.</param>
    public LearnedModel? Find(string key, Func<int, long, bool> accepts, out IReadOnlyList<string> refusals)
    {
        var reasons = new List<string>();
        refusals = reasons;
        if (store is null)
            return null;
        remote?.Fetch(pipeline, key);
        foreach (string version in store.Versions(pipeline, key))
        {
            if (TryRead(key, version, accepts, out string refusal) is { } found)
                return found;
            reasons.Add(refusal);
        }

        return null;
    }

    /// <summary>One stored version, whether it serves or lies aside.</summary>
    /// <param name="refusal">Why it cannot be used; empty when it can.</param>
    public LearnedModel? TryRead(string key, string version, Func<int, long, bool> accepts, out string refusal)
    {
        refusal = "";
        if (store is null)
        {
            refusal = "Models are not stored.";
            return null;
        }

        if (!store.TryLoad(pipeline, key, version, out Artifact? artifact, out string? reason))
        {
            refusal = reason;
            return null;
        }

        ArtifactManifest manifest = artifact.Manifest;
        try
        {
            // Holidays are known a year at a time.
            if (settings.Calendar is { } calendar && manifest.Scaler is { Season: { } season } scaler)
                artifact = artifact with { Manifest = manifest with { Scaler = scaler.With(season.With(calendar.Holidays)) } };
            if (Mismatch(manifest, accepts) is { } mismatch)
                throw new InvalidDataException(mismatch);
            // What the user says of false alarms may have changed since; what was learned of normal scores has not.
            ThresholdState threshold = ThresholdFactory.Restore(manifest.Threshold!, settings.ThresholdOptions).Save();
            AnomalyModel model = ModelArtifact.Build(artifact, device, settings.Precision);
            Release(model);
            return new LearnedModel(
                model,
                threshold,
                manifest.Window.LengthRows,
                manifest.Window.PeriodTicks,
                manifest.Version,
                manifest.CreatedAt,
                null,
                BaselineSection.Read(manifest),
                manifest.Training is { } range ? (range.From.UtcTicks, range.To.UtcTicks) : null);
        }
        catch (InvalidDataException error)
        {
            refusal = $"Version '{version}' of model '{key}' in pipeline '{pipeline}' was refused: {error.Message}";
            return null;
        }
    }

    /// <summary>Lets go of what scoring does not need, and a challenger does not begin with; what is stored is read again should it be needed whole.</summary>
    private void Release(AnomalyModel model)
    {
        if (!WarmStarts)
            model.ReleaseNetworks();
    }

    private string? Mismatch(ArtifactManifest manifest, Func<int, long, bool> accepts)
    {
        if (!accepts(manifest.Window.LengthRows, manifest.Window.PeriodTicks))
        {
            return $"it was trained on windows of {manifest.Window.LengthRows} rows every {TimeSpan.FromTicks(manifest.Window.PeriodTicks)}, " +
                "which is not what the configuration asks for.";
        }

        string[] networks = [.. ModelArtifact.Networks(manifest)];
        if (!networks.SequenceEqual(settings.Networks, StringComparer.Ordinal))
            return $"it has the networks {string.Join(", ", networks)}, the configuration asks for {string.Join(", ", settings.Networks)}.";
        if (!ModelArtifact.HasOptions(manifest, settings))
            return "its networks have other options than Model:Hidden, Model:Latent and Model:Options ask for.";
        if (manifest.Scaler?.Name != settings.Scaler)
            return $"it has the scaler '{manifest.Scaler?.Name}', the configuration asks for '{settings.Scaler}'.";
        return manifest.Threshold?.Method == settings.Threshold
            ? null
            : $"its threshold is '{manifest.Threshold?.Method}', the configuration asks for '{settings.Threshold}'.";
    }
}
