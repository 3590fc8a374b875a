using System.Globalization;
using Detector.Models.Evaluation;

namespace Detector.Benchmarks.Accuracy;

/// <summary>
/// Whether the features at fault are those that the detector names: HitRate at 150 % (Su et al., KDD 2019). For each event with g features at fault, the
/// share of them among the ⌊1.5 g⌋ largest contributions of its highest-scoring row, which is what an alert shows.
/// </summary>
internal static class Interpretation
{
    public static IEnumerable<(string Name, double Value)> Figures(IEnumerable<ScoredTest> tests)
    {
        double[] rates = [.. tests.Where(test => test.Test.Interpretation is not null).SelectMany(HitRates)];
        if (rates.Length > 0)
            yield return ("features at fault named, % (HitRate at 150 %)", 100 * rates.Average());
    }

    private static IEnumerable<double> HitRates(ScoredTest test)
    {
        foreach ((RowRange rows, int[] features) in Read(test.Test.Interpretation!))
        {
            int peak = Enumerable.Range(rows.First, rows.Length).MaxBy(row => test.Scores[row]);
            int[] named = test.Contributions.TryGetValue(test.Ticks[peak], out float[]? shares)
                ? [.. Enumerable.Range(0, shares.Length).OrderByDescending(feature => shares[feature]).Take((int)(1.5 * features.Length))]
                : [];
            yield return (double)features.Intersect(named).Count() / features.Length;
        }
    }

    /// <summary>Lines such as <c>5486-5491:18,20</c>: rows without the last one, features counted from 1.</summary>
    private static IEnumerable<(RowRange Rows, int[] Features)> Read(string path)
    {
        foreach (string line in File.ReadLines(path).Where(line => line.Contains(':')))
        {
            int[] numbers = [.. line.Split('-', ':', ',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            yield return (new RowRange(numbers[0], numbers[1] - 1), [.. numbers[2..].Select(feature => feature - 1)]);
        }
    }
}
