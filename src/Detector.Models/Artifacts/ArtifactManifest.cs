using System.Text.Json;
using Detector.Models.Scaling;
using Detector.Models.Thresholds;

namespace Detector.Models.Artifacts;

/// <summary>Everything of a trained model but its weights; <c>manifest.json</c> in an artifact's folder.</summary>
public sealed record ArtifactManifest
{
    /// <summary>The schema this code reads and writes.</summary>
    public const int CurrentSchema = 3;

    /// <summary>The key of a model that all series share.</summary>
    public const string SharedKey = "*";

    /// <summary>The key of the model that new series are scored by until they have their own.</summary>
    public const string GroupKey = "*group";

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Name of the pipeline in the configuration.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Series the model belongs to, or <see cref="SharedKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Letters, digits, '_' and '-', at most 64; versions sort by ordinal comparison, see <see cref="ArtifactVersion"/>.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Feature names in the order of the rows' columns.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    public required ManifestWindow Window { get; init; }

    public FeatureScaler? Scaler { get; init; }

    /// <summary>Networks with their options and parameter counts; the model code owns the shape.</summary>
    public JsonElement? Members { get; init; }

    /// <summary>Residual standardisers and fusion constants; the model code owns the shape.</summary>
    public JsonElement? Standardisers { get; init; }

    public ThresholdState? Threshold { get; init; }

    /// <summary>What torch computed the scores in that the threshold was fitted on, by torch's name; null for single precision.</summary>
    public string? Precision { get; init; }

    /// <summary>Seed by what it was used for.</summary>
    public IReadOnlyDictionary<string, long> Seeds { get; init; } = new Dictionary<string, long>();

    public ManifestTrainingRange? Training { get; init; }

    /// <summary>How the samples came in training; null where it was not measured.</summary>
    public ManifestSampling? Sampling { get; init; }

    /// <summary>Numbers by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Report of the training; the model code owns the shape.</summary>
    public JsonElement? Report { get; init; }

    /// <summary>Histograms and projections for the training's page; the model code owns the shape.</summary>
    public JsonElement? Diagnostics { get; init; }

    /// <summary>Name of the safetensors file among <see cref="Files"/>.</summary>
    public string Weights { get; init; } = ArtifactFiles.Weights;

    /// <summary>Every other file of the folder; filled in by <see cref="ArtifactStore.Save"/>.</summary>
    public IReadOnlyList<ManifestFile> Files { get; init; } = [];
}
