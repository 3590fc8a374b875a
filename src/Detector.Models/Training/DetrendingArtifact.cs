using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Models.Training;

/// <summary><see cref="Detrending"/> as a tensor of an artifact: whether a feature wanders, then how baselines follow, (3 + time scales, F).</summary>
internal static class DetrendingArtifact
{
    public const string Tensor = "detrending";

    private const int Rows = 3 + ScoreView.Spans;

    public static ArtifactTensor Write(Detrending detrending)
    {
        LevelFit fit = detrending.Fit;
        float[] wanders = new float[fit.Level.Length];
        foreach (int column in detrending.Columns)
            wanders[column] = 1;
        return ArtifactTensor.From([.. wanders, .. fit.Gain, .. fit.RowDeviation, .. fit.MeanDeviation], Rows, wanders.Length);
    }

    /// <param name="dimensions">Of the model.</param>
    /// <param name="read">Reads a tensor of so many rows and columns by its name.</param>
    /// <exception cref="InvalidDataException">It has another shape, or values that are none.</exception>
    public static Detrending Read(WindowDimensions dimensions, Func<string, int, int, float[]> read)
    {
        int features = dimensions.Features;
        float[] all = read(Tensor, Rows, features);
        int[] columns = [.. Enumerable.Range(0, features).Where(f => all[f] != 0)];
        return new Detrending(new LevelFit(new float[features], all[features..(2 * features)], all[(2 * features)..(3 * features)], all[(3 * features)..]), columns);
    }
}
