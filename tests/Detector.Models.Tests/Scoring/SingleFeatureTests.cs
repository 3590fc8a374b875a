using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Scoring;

/// <summary>A series of one feature is held against its own past.</summary>
public sealed class SingleFeatureTests(SingleFeatureTests.Trained trained) : IClassFixture<SingleFeatureTests.Trained>
{
    private const int Rows = 900, Learned = 600;

    [Fact]
    public void Score_ValueOutOfRange_ShapeOutOfStep_AreFound_NormalRowsAreNot()
    {
        double[] normal = Scores(trained.Model.Model, Wave());
        double[] spike = Scores(trained.Model.Model, Wave().With((row, _, x) => row == 800 ? 140 : x));
        double[] fast = Scores(trained.Model.Model, Wave().With((row, _, x) => row is >= 800 and < 820 ? Of(3 * row) : x));

        Assert.Equal(normal[..180], spike[..180]);
        Assert.True(spike[Row(800)] > 1.2 * normal.Max(), $"{spike[Row(800)]} against {normal.Max()}");
        Assert.True(fast[Row(805)..Row(820)].Max() > normal.Max(), $"{fast[Row(805)..Row(820)].Max()} against {normal.Max()}");
        Assert.InRange(normal.Average(), 0, 0.5);
    }

    [Fact]
    public void Build_SavedAndLoaded_GoesOnWithTheSameScores()
    {
        ArtifactManifest manifest = ModelArtifact.Describe(trained.Model, Plant.Quick, "p", "k", TimeSpan.TicksPerSecond, Wave().Range, DateTimeOffset.UnixEpoch);
        using AnomalyModel loaded = ModelArtifact.Build(new Artifact(manifest, ModelArtifact.Tensors(trained.Model.Model)), ComputeDevice.Select("cpu"));

        Assert.Equal(["Value", "Neighbour"], loaded.Views.Select(view => view.Subject));
        Assert.Equal(Scores(trained.Model.Model, Wave()), Scores(loaded, Wave()));
    }

    private static int Row(int row) => row - Learned;

    /// <summary>Scores of the rows after training.</summary>
    private static double[] Scores(AnomalyModel model, Plant plant)
    {
        SeriesMemory memory = model.CreateMemory();
        return [.. Enumerable.Range(Learned, Rows - Learned).Select(newest => Scored.Next(model, memory, plant.Window(newest)).Score)];
    }

    private static Plant Wave() => Plant.Of([.. Enumerable.Range(0, Rows).Select(Of)], 16, 1);

    private static double Of(int row) => 100 + 10 * Math.Sin(row * 0.2) + Math.Sin(row * (double)row);

    public sealed class Trained : IDisposable
    {
        public TrainedModel Model { get; } = Plant.Of(Wave().Rows[..Learned].ToArray(), 16, 1).Train();

        public void Dispose() => Model.Model.Dispose();
    }
}
