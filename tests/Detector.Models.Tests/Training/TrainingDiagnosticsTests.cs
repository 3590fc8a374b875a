using Detector.Models.Artifacts;
using Detector.Models.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class TrainingDiagnosticsTests : IDisposable
{
    private readonly Plant _plant = Plant.Run(400, 8, 3, seed: 1);
    private readonly TrainedModel _trained;

    public TrainingDiagnosticsTests() => _trained = _plant.Train(Plant.Quick with { Networks = ["denoising", "linear"] });

    private TrainingDiagnostics Diagnostics => _trained.Diagnostics;

    public void Dispose() => _trained.Model.Dispose();

    [Fact]
    public void Scores_AreThoseOfTheWholeRange()
    {
        ScoreDistribution scores = Diagnostics.Scores;
        Assert.Equal(_trained.Report.TrainingWindows + _trained.Report.ValidationWindows, scores.Counts.Sum());
        Assert.Equal(_trained.Threshold.Value, scores.Threshold);
        Assert.True(scores.To > scores.Threshold);
        // Both curves fall, and where half of the scores lie above, both say so.
        Assert.Equal(scores.Observed.OrderDescending(), scores.Observed);
        Assert.Equal(scores.Fitted.OrderDescending(), scores.Fitted);
        Assert.Equal(0.5, scores.Observed[0], 0.02);
        Assert.Equal(0.5, scores.Fitted[0], 0.15); // the threshold follows the level on its way, which has risen a little by the end
    }

    [Fact]
    public void Residuals_EveryNetworkViewAndFeature_HoldEveryWindow()
    {
        Assert.Equal(_trained.Model.Views.OfType<NetworkView>().Count() * 3, Diagnostics.Residuals.Count);
        Assert.All(Diagnostics.Residuals, residual => Assert.Equal(_trained.Report.ValidationWindows, residual.Counts.Sum()));
        Assert.All(Diagnostics.Residuals, residual => Assert.InRange(residual.StandardDeviation, 1e-4, 2));
        Assert.Equal(["f0", "f1", "f2"], Diagnostics.Residuals.Where(residual => residual is { Network: "linear", View: ResidualView.Row }).Select(residual => residual.Feature));
    }

    [Fact]
    public void Residuals_MissingValues_AreNotCounted()
    {
        TrainedModel trained = _plant.With((row, feature, value) => feature == 1 && row % 2 == 0 ? double.NaN : value).Train(Plant.Quick with { Networks = ["linear"] });
        trained.Model.Dispose();
        IEnumerable<ResidualHistogram> row = trained.Diagnostics.Residuals.Where(residual => residual.View == ResidualView.Row);
        Assert.Equal([98, 49, 98], row.Select(residual => residual.Counts.Sum()));
    }

    [Fact]
    public void Latents_EveryNetwork_AreInThePlaneOfMostVariance()
    {
        Assert.Equal(["denoising", "linear"], Diagnostics.Latents.Select(latent => latent.Network));
        foreach (LatentProjection latent in Diagnostics.Latents)
        {
            Assert.Equal(latent.X.Count, latent.Y.Count);
            Assert.InRange(latent.X.Count, 100, 300);
            Assert.InRange(latent.First, latent.Second, 1);
            Assert.True(Variance(latent.X) >= Variance(latent.Y));
        }
    }

    [Fact]
    public void Artifact_RoundTrips()
    {
        ArtifactManifest manifest = ModelArtifact.Describe(
            _trained, Plant.Quick, "p", "s", TimeSpan.TicksPerSecond, _plant.Range, DateTimeOffset.UnixEpoch);
        TrainingDiagnostics read = ModelArtifact.Diagnostics(manifest)!;
        Assert.Equal(Diagnostics.Scores.Counts, read.Scores.Counts);
        Assert.Equal(Diagnostics.Residuals[1].Counts, read.Residuals[1].Counts);
        Assert.Equal(Diagnostics.Latents[1].X, read.Latents[1].X);
        Assert.Equal(_trained.Report.Networks[1].Properties[0].Values, ModelArtifact.Report(manifest)!.Networks[1].Properties[0].Values);
    }

    private static double Variance(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
