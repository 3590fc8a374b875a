using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Tests.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

/// <summary>A stored model that is asked for in another precision than its threshold was calibrated in.</summary>
public sealed class PrecisionChangeTests
{
    private static readonly Plant s_plant = Plant.Run(400, 8, 3, seed: 1);

    [Theory]
    [InlineData(Precision.F32, Precision.BF16)]
    [InlineData(Precision.BF16, Precision.F32)]
    public void Build_OtherPrecisionThatAgrees_KeepsTheThreshold(Precision before, Precision after)
    {
        (TrainedModel trained, Artifact artifact) = Stored(before);
        using AnomalyModel model = trained.Model, changed = ModelArtifact.Build(artifact, Plant.ByTorch, after);

        Assert.Equal((after, null), (changed.Precision, changed.PrecisionNote));
        for (int newest = 50; newest < 400; newest += 30)
            Assert.Equal(Scored.Alone(model, s_plant.Window(newest)).Score / trained.Threshold.Value, Scored.Alone(changed, s_plant.Window(newest)).Score / trained.Threshold.Value, 0.1);
    }

    [Fact]
    public void Build_SamePrecision_ScoresTheSameBitsAlsoWithoutTheNetworks()
    {
        (TrainedModel trained, Artifact artifact) = Stored(Precision.BF16);
        using AnomalyModel model = trained.Model, loaded = ModelArtifact.Build(artifact, Plant.ByTorch);
        Assert.Equal("bfloat16", artifact.Manifest.Precision);

        loaded.ReleaseNetworks();

        Assert.Equal(Precision.BF16, loaded.Precision);
        for (int newest = 50; newest < 400; newest += 50)
            Assert.Equal(Scored.Alone(model, s_plant.Window(newest)), Scored.Alone(loaded, s_plant.Window(newest)));
        Assert.Throws<InvalidOperationException>(() => ModelArtifact.Tensors(loaded));
    }

    [Fact]
    public void Build_NoProbes_GoesOnAsItWasAndSaysWhatToDo()
    {
        (TrainedModel trained, Artifact artifact) = Stored(Precision.F32);
        using AnomalyModel model = trained.Model;
        var tensors = artifact.Tensors.Where(tensor => tensor.Key != "probes").ToDictionary(StringComparer.Ordinal);
        using AnomalyModel loaded = ModelArtifact.Build(artifact with { Tensors = tensors }, Plant.ByTorch, Precision.BF16);

        Assert.Equal(Precision.F32, loaded.Precision);
        Assert.Contains("train it again", loaded.PrecisionNote, StringComparison.Ordinal);
        Assert.Equal(Scored.Alone(model, s_plant.Window(100)), Scored.Alone(loaded, s_plant.Window(100)));
    }

    [Fact]
    public void Build_ThresholdOfOtherScores_GoesOnAsItWasAndSaysByHowMuch()
    {
        (TrainedModel trained, Artifact artifact) = Stored(Precision.F32);
        trained.Model.Dispose();
        // Differences are counted in thresholds: by so small a one the two precisions are worlds apart.
        ArtifactManifest manifest = artifact.Manifest with { Threshold = trained.Threshold with { Value = 1e-6 } };

        using AnomalyModel loaded = ModelArtifact.Build(artifact with { Manifest = manifest }, Plant.ByTorch, Precision.BF16);

        Assert.Equal(Precision.F32, loaded.Precision);
        Assert.Contains("of the threshold", loaded.PrecisionNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_PrecisionTheDeviceLacks_GoesOnAndNamesIt()
    {
        (TrainedModel trained, Artifact artifact) = Stored(Precision.F32);
        using AnomalyModel model = trained.Model, loaded = ModelArtifact.Build(artifact, Plant.ByTorch, Precision.F16);

        bool computes = Plant.ByTorch.Problem(Precision.F16) is null;
        Assert.Equal(computes ? Precision.F16 : Precision.F32, loaded.Precision);
        Assert.Equal(computes, loaded.PrecisionNote is null);
        if (!computes)
            Assert.Contains("not in float16", loaded.PrecisionNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnknownPrecision_IsRefusedByName()
    {
        (TrainedModel trained, Artifact artifact) = Stored(Precision.F32);
        trained.Model.Dispose();

        var error = Assert.Throws<InvalidDataException>(() => ModelArtifact.Build(artifact with { Manifest = artifact.Manifest with { Precision = "float8" } }, Plant.ByTorch));

        Assert.Contains("float8", error.Message, StringComparison.Ordinal);
    }

    private static (TrainedModel Trained, Artifact Artifact) Stored(Precision precision)
    {
        ModelSettings settings = HalfPrecisionTests.Settings("recurrent") with { Precision = precision };
        TrainedModel trained = s_plant.Train(settings, Plant.ByTorch);
        return (trained, new Artifact(
            ModelArtifact.Describe(trained, settings, "p", "k", TimeSpan.TicksPerSecond, s_plant.Range, DateTimeOffset.UnixEpoch), ModelArtifact.Tensors(trained.Model)));
    }
}
