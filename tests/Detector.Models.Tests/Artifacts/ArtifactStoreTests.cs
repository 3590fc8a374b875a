using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Scaling;
using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(Path.Combine(_directory.Path, "store"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Save_ThenLoad_RoundTripsEverything()
    {
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        threshold.Fit(Simulation.LogGaussian(3000, 0.8, 1), Simulation.Ticks(3000, TimeSpan.FromMinutes(1)));
        var manifest = Manifest("v1") with
        {
            Scaler = FeatureScaler.Fit("robust", [0.1, 2, 0.3, 4, 0.7, double.NaN], 2),
            Threshold = threshold.Save(),
            Members = JsonSerializer.SerializeToElement(new[] { new { network = "denoising", parameters = 12 } }),
            Metrics = new Dictionary<string, double> { ["loss"] = 0.1 + 0.2, ["unknown"] = double.NaN },
            Seeds = new Dictionary<string, long> { ["weights"] = 42 },
            Training = new ManifestTrainingRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1.5), 3000),
        };
        var saved = _store.Save(manifest, Tensors());
        Assert.True(_store.TryLoadLatest("pumps", "pump-3", out var artifact, out var refusals), string.Join(' ', refusals));
        Assert.Equal(JsonSerializer.Serialize(saved, Relaxed), JsonSerializer.Serialize(artifact.Manifest, Relaxed));
        Assert.Equal(threshold.Value, ThresholdFactory.Restore(artifact.Manifest.Threshold!).Value);
        Assert.Equal(0.1 + 0.2, artifact.Manifest.Metrics["loss"]);
        Assert.Equal(Tensors()["w"].ToFloats(), artifact.Tensors["w"].ToFloats());
    }

    [Fact]
    public void TryLoadLatest_NewestBroken_ServesThePreviousAndSaysWhy()
    {
        _store.Save(Manifest("v1"), Tensors());
        _store.Save(Manifest("v2"), Tensors());
        _store.Save(Manifest("v3"), Tensors());
        File.Delete(Path.Combine(Folder("v3"), "weights.safetensors"));
        File.WriteAllText(Path.Combine(Folder("v2"), "manifest.json"), "{}");
        Assert.True(_store.TryLoadLatest("pumps", "pump-3", out var artifact, out var refusals));
        Assert.Equal("v1", artifact.Manifest.Version);
        Assert.Contains("weights.safetensors", refusals[0], StringComparison.Ordinal);
        Assert.Contains("manifest.json", refusals[1], StringComparison.Ordinal);
        Assert.Equal(["v3", "v2", "v1"], _store.Versions("pumps", "pump-3"));
        Assert.Equal([null, null, "v1"], _store.List().Select(entry => entry.Manifest?.Version));
    }

    [Fact]
    public void TryLoad_AnyFlippedBit_IsRefused() => ForEveryFile((path, bytes) =>
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, bytes);
            AssertRefused(path, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    });

    [Fact]
    public void TryLoad_AnyTruncationOrExtension_IsRefused() => ForEveryFile((path, bytes) =>
    {
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes.AsSpan(0, length));
            AssertRefused(path, $"length {length}");
        }

        File.WriteAllBytes(path, [.. bytes, 10]);
        AssertRefused(path, "extended");
    });

    [Theory]
    [InlineData("\"schemaVersion\": 3", "\"schemaVersion\": 4", "schema version 4")]
    [InlineData("\"schemaVersion\": 3,", "", "schema version unknown")]
    [InlineData("\"pump-3\"", "\"pump-4\"", "belongs to")]
    [InlineData("\"version\": \"v1\"", "\"version\": null", "malformed")]
    [InlineData("\"name\": \"weights.safetensors\"", "\"name\": \"../weights.safetensors\"", "plain file name")]
    [InlineData("\"weights\": \"weights.safetensors\"", "\"weights\": \"other\"", "'other'")]
    [InlineData("{", "{{", "malformed")]
    public void TryLoad_ConsistentHashButWrongManifest_IsRefused(string old, string changed, string reason)
    {
        _store.Save(Manifest("v1"), Tensors());
        var path = Path.Combine(Folder("v1"), "manifest.json");
        var text = File.ReadAllText(path);
        var index = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, index), changed, text.AsSpan(index + old.Length)));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        File.WriteAllText(Path.Combine(Folder("v1"), "manifest.sha256"), $"{hash}  manifest.json\n");
        Assert.False(_store.TryLoad("pumps", "pump-3", "v1", out _, out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_AfterACrash_IgnoresWhatItLeft()
    {
        _store.Save(Manifest("v1"), Tensors());
        var leftover = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Folder("v1"))!, ".tmp-v2")).FullName;
        File.WriteAllText(Path.Combine(leftover, "manifest.json"), "half");
        Assert.Equal(["v1"], _store.Versions("pumps", "pump-3"));
        Assert.Single(_store.List());
        _store.Save(Manifest("v2"), Tensors());
        Assert.True(_store.TryLoadLatest("pumps", "pump-3", out var artifact, out var refusals));
        Assert.Equal("v2", artifact.Manifest.Version);
        Assert.Empty(refusals);
    }

    [Fact]
    public void Save_ExistingOrImpossibleVersion_IsRefused()
    {
        _store.Save(Manifest("v1"), Tensors());
        Assert.Throws<IOException>(() => _store.Save(Manifest("v1"), Tensors()));
        foreach (var version in (string[])["", ".", "..", "a/b", "v 1", new string('v', 65)])
            Assert.Throws<ArgumentException>(() => _store.Save(Manifest(version), Tensors()));
        Assert.False(_store.TryLoad("pumps", "pump-3", "../pump-3/v1", out _, out _));
    }

    [Fact]
    public void Prune_BrokenNewest_KeepsWhatVerifies()
    {
        for (var i = 1; i <= 5; i++)
            _store.Save(Manifest($"v{i}"), Tensors());
        File.Delete(Path.Combine(Folder("v5"), "manifest.json"));
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Folder("v1"))!, ".tmp-v9"));
        Assert.Equal(["v2", "v1"], _store.Prune("pumps", "pump-3", 2));
        Assert.Equal(["v5", "v4", "v3"], _store.Versions("pumps", "pump-3"));
        Assert.Equal(3, Directory.GetDirectories(Path.GetDirectoryName(Folder("v3"))!).Length);
        Assert.True(_store.Remove("pumps", "pump-3", "v4"));
        Assert.False(_store.Remove("pumps", "pump-3", "v4"));
        Assert.True(_store.TryLoadLatest("pumps", "pump-3", out var artifact, out _));
        Assert.Equal("v3", artifact.Manifest.Version);
    }

    [Fact]
    public void TryLoadLatest_NothingThere_IsFalse()
    {
        Assert.False(_store.TryLoadLatest("pumps", "*", out _, out var refusals));
        Assert.Empty(refusals);
        Assert.Empty(_store.List());
        Assert.Empty(_store.Prune("pumps", "*", 3));
    }

    [Fact]
    public void Withdraw_Newest_TheOneBeforeServesAndItLiesAside()
    {
        _store.Save(Manifest("v1"), Tensors());
        _store.Save(Manifest("v2"), Tensors());
        string aside = _store.Withdraw("pumps", "pump-3", "v2");

        Assert.Equal(["v1"], _store.Versions("pumps", "pump-3"));
        Assert.Single(_store.Manifests());
        Assert.True(ArtifactStore.TryRead(aside, out var artifact, out _));
        Assert.Equal("v2", artifact.Manifest.Version);
        Assert.True(_store.TryLoad("pumps", "pump-3", "v2", out _, out _));
        _store.Save(Manifest("v3"), Tensors());
        _store.Withdraw("pumps", "pump-3", "v3");
        _store.Prune("pumps", "pump-3", 2);
        Assert.True(Directory.Exists(aside));
        _store.Prune("pumps", "pump-3", 1);
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Promote_VersionAside_ServesAndNewerOnesLieAside()
    {
        _store.Save(Manifest("v1"), Tensors());
        _store.SaveAside(Manifest("v2"), Tensors());
        Assert.Equal(["v1"], _store.Versions("pumps", "pump-3"));

        _store.Promote("pumps", "pump-3", "v2", "v1");
        Assert.Equal(["v2", "v1"], _store.Versions("pumps", "pump-3"));
        _store.Promote("pumps", "pump-3", "v1");
        Assert.Equal(["v1"], _store.Versions("pumps", "pump-3"));
        _store.Promote("pumps", "pump-3", "v2");
        Assert.Equal(["v2", "v1"], _store.Versions("pumps", "pump-3"));
    }

    [Fact]
    public void Promote_AnotherWorkerWasFirst_IsRefusedAndItsVersionServesOn()
    {
        _store.Save(Manifest("v1"), Tensors());
        _store.SaveAside(Manifest("v3"), Tensors());
        new ArtifactStore(Path.Combine(_directory.Path, "store")).Save(Manifest("v2"), Tensors());

        var refused = Assert.Throws<IOException>(() => _store.Promote("pumps", "pump-3", "v3", "v1"));

        Assert.Contains("another worker", refused.Message, StringComparison.Ordinal);
        Assert.Equal("v2", _store.Versions("pumps", "pump-3")[0]);
        Assert.Throws<IOException>(() => _store.Promote("pumps", "pump-3", "v9"));
    }

    [Fact]
    public void Record_TornLine_IsLeftOutAndTheOthersStay()
    {
        var decision = new ModelDecision(DateTimeOffset.UnixEpoch, "pump-3", 7, "schedule", ModelDecision.Rejected, "v1", "v2", "it is worse.");
        _store.Record("pumps", "pump-3", decision);
        File.AppendAllText(Path.Combine(_directory.Path, "store", "pumps", "pump-3", "decisions.jsonl"), "\n{\"at\":");
        _store.Record("pumps", "pump-3", decision with { ReviewTicks = 8 });

        Assert.Equal([7, 8], _store.Decisions("pumps", "pump-3").Select(each => each.ReviewTicks));
        Assert.Empty(_store.Decisions("pumps", "pump-4"));
    }

    [Fact]
    public void Manifests_DamagedOnes_AreRefusedWeightsUnread()
    {
        _store.Save(Manifest("v1"), Tensors());
        _store.Save(Manifest("v2"), Tensors());
        File.Delete(Path.Combine(Folder("v1"), "weights.safetensors"));
        File.AppendAllText(Path.Combine(Folder("v2"), "manifest.json"), " ");

        Assert.Equal([(null, false), ("v1", true)], _store.Manifests().Select(entry => (entry.Manifest?.Version, entry.Refusal is null)));
    }

    internal static readonly JsonSerializerOptions Relaxed =
        new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static ArtifactManifest Manifest(string version, string key = "pump-3") => new()
    {
        Pipeline = "pumps",
        Key = key,
        Version = version,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Features = ["pressure"],
        Window = new ManifestWindow(16, TimeSpan.TicksPerSecond),
    };

    internal static Dictionary<string, ArtifactTensor> Tensors() => new() { ["w"] = ArtifactTensor.From([1f, 2f], 2) };

    private string Folder(string version) => Path.Combine(_directory.Path, "store", "pumps", "pump-3", version);

    private void ForEveryFile(Action<string, byte[]> attack)
    {
        _store.Save(Manifest("v1"), Tensors());
        var files = Directory.GetFiles(Folder("v1"));
        Assert.Equal(3, files.Length);
        foreach (var path in files)
        {
            var bytes = File.ReadAllBytes(path);
            attack(path, bytes);
            File.WriteAllBytes(path, bytes);
            Assert.True(_store.TryLoad("pumps", "pump-3", "v1", out _, out _));
        }
    }

    private void AssertRefused(string path, string attack)
    {
        Assert.False(_store.TryLoad("pumps", "pump-3", "v1", out _, out var refusal), $"{path}: {attack}");
        Assert.Contains(Path.GetFileName(path), refusal, StringComparison.Ordinal);
    }
}
