using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>
/// Whether a model says in half precision what it says in single precision: the same verdicts, by scores that are nearly the same, on held-out windows
/// and on the same windows with a feature of the newest row moved by some of its noise, since normal windows alone would not show that a model has become
/// too coarse to see what is wrong. Each is scored by itself, as the first window of a series.
/// </summary>
internal static class PrecisionProbes
{
    /// <summary>Least share of the verdicts that must be the same. What lies within the allowed difference of the threshold may go either way.</summary>
    public const double LeastAgreement = 0.98;

    /// <summary>How far scores may differ, in thresholds.</summary>
    public const double MostDifference = 0.1;

    private const int Most = 128;
    private const double Quantile = 0.99;

    /// <summary>By how many times its noise a feature is moved; 0 leaves the window as it was.</summary>
    private static readonly float[] s_moves = [0, 3, -6, 12];

    /// <summary>Windows spread over a held-out part, (N, D).</summary>
    public static float[] Choose(WindowSet held)
    {
        int size = held.Dimensions.Size, count = Math.Min(Most, held.Count);
        float[] probes = new float[count * size];
        for (int i = 0; i < count; i++)
            held.Window((int)((long)i * held.Count / count)).CopyTo(probes.AsSpan(i * size));
        return probes;
    }

    /// <summary>Compares two models on the probes of the first.</summary>
    /// <returns>Share of the same verdicts, and the difference of scores in thresholds that one in a hundred exceeds.</returns>
    public static (double Agreement, double Difference) Compare(
        AnomalyModel exact, double exactThreshold, AnomalyModel other, double otherThreshold, float[] probes)
    {
        double[] one = Scores(exact, Unit(exactThreshold), exact.Noise, probes), two = Scores(other, Unit(otherThreshold), exact.Noise, probes);
        double[] differences = [.. one.Zip(two, (a, b) => double.IsFinite(b) ? Math.Abs(a - b) : double.MaxValue)];
        return ((double)one.Zip(two).Count(pair => pair.First > 1 == pair.Second > 1) / one.Length, Quantiles.OfSorted(Quantiles.Sorted(differences), Quantile));
    }

    public static bool Accepts((double Agreement, double Difference) figures) =>
        figures.Agreement >= LeastAgreement && figures.Difference <= MostDifference;

    /// <summary>Scores in thresholds.</summary>
    private static double[] Scores(AnomalyModel model, double threshold, IReadOnlyList<float> noise, float[] probes)
    {
        int size = model.Dimensions.Size, features = model.Dimensions.Features, count = probes.Length / size * s_moves.Length;
        double[] scores = new double[count];
        float[] window = new float[size];
        using var tile = new ScoringWorkspace(model.Dimensions, model.TileRows);
        for (int i = 0; i < count; i++)
        {
            int probe = i / s_moves.Length, feature = probe % features;
            probes.AsSpan(probe * size, size).CopyTo(window);
            window[size - features + feature] += s_moves[i % s_moves.Length] * noise[feature];
            tile.AddScaled(window, [], model.CreateMemory(), restarted: true);
            if (!tile.IsFull && i < count - 1)
                continue;
            model.Score(tile);
            for (int j = 0; j < tile.Count; j++)
                scores[i + 1 - tile.Count + j] = tile.Scores[j] / threshold;
            tile.Clear();
        }

        return scores;
    }

    /// <summary>A threshold that nothing or everything exceeds is no unit.</summary>
    private static double Unit(double threshold) => double.IsFinite(threshold) && threshold > 0 ? threshold : 1;
}
