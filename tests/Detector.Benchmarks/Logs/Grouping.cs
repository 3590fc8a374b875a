namespace Detector.Benchmarks.Logs;

/// <summary>Groups of lines held against the true ones.</summary>
/// <param name="Accuracy">Share of the lines whose group is exactly the true one.</param>
/// <param name="GroupF1">F1 over groups: a group is right when it is exactly a true one.</param>
/// <param name="PairF1">F1 over pairs of lines that stand in one group.</param>
/// <param name="Groups">Groups found.</param>
/// <param name="Truth">True groups.</param>
internal sealed record Grouping(double Accuracy, double GroupF1, double PairF1, int Groups, int Truth)
{
    public static Grouping Of(IReadOnlyList<string> found, IReadOnlyList<string> truth)
    {
        var cells = found.Zip(truth).GroupBy(pair => pair).ToDictionary(group => group.Key, group => (long)group.Count());
        Dictionary<string, long> sizes = found.GroupBy(id => id).ToDictionary(group => group.Key, group => (long)group.Count());
        Dictionary<string, long> trueSizes = truth.GroupBy(id => id).ToDictionary(group => group.Key, group => (long)group.Count());
        (string Found, string True)[] exact = [.. cells.Where(cell => sizes[cell.Key.First] == cell.Value && trueSizes[cell.Key.Second] == cell.Value).Select(cell => cell.Key)];
        double both = cells.Values.Sum(Pairs);
        double precision = both / Math.Max(1, sizes.Values.Sum(Pairs));
        double recall = both / Math.Max(1, trueSizes.Values.Sum(Pairs));
        return new Grouping(
            (double)exact.Sum(pair => sizes[pair.Found]) / found.Count, 2.0 * exact.Length / (sizes.Count + trueSizes.Count),
            2 * precision * recall / (precision + recall), sizes.Count, trueSizes.Count);
    }

    private static double Pairs(long count) => count * (count - 1) / 2.0;
}
