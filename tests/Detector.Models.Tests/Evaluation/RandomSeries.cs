using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

/// <summary>Small labelled series with events of all lengths, at the ends too, and scores with ties.</summary>
internal static class RandomSeries
{
    public static (double[] Scores, bool[] Labels) Create(int seed, int rows, double density = 0.05)
    {
        var random = new Random(seed);
        double[] scores = new double[rows];
        bool[] labels = new bool[rows];
        bool on = random.NextDouble() < 0.3;
        for (int i = 0; i < rows; i++)
        {
            on = on ? random.NextDouble() > 0.2 : random.NextDouble() < density;
            labels[i] = on;
            scores[i] = random.NextDouble() + (on ? 0.3 : 0);
            if (seed % 2 == 0)
                scores[i] = Math.Round(scores[i], 1);
        }

        return (scores, labels);
    }

    public static bool[] Verdicts(double[] scores, double threshold) => [.. scores.Select(score => score >= threshold)];

    public static LabelledScores Rows(int seed, int rows)
    {
        (double[] scores, bool[] labels) = Create(seed, rows);
        return new LabelledScores(scores, labels);
    }
}
