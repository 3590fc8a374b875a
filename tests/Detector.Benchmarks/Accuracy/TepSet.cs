using System.Text.Json;
using Detector.Models.Statistics;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Tennessee Eastman: one model on the normal run, tested on 21 faults that begin at row 160, and on another normal run.</summary>
internal sealed class TepSet : IPublicSet
{
    private const int FaultFrom = 160;
    private const double Stated = 0.01;
    private const string Normal = "d00_te";

    // No method finds these in the data; results are conventionally given without them.
    private static readonly string[] s_leftOut = ["d03_te", "d09_te", "d15_te"];

    public string Name => "tep";

    public string Title => "Tennessee Eastman process";

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, "tep");
        IReadOnlyList<JsonElement> series = SetManifest.Series(set);
        CaseTest[] tests = [.. series
            .Where(entry => entry.Text("series").EndsWith("_te", StringComparison.Ordinal))
            .Select(entry => new CaseTest(entry.Text("series"), Path.Combine(set, entry.Text("file")), 0, entry.Number("vus_window")))];
        return [new AccuracyCase("d00", Path.Combine(set, "d00.csv.gz"), null, tests)];
    }

    /// <summary>The normal run learned from, and the other one.</summary>
    public IReadOnlyList<AccuracyCase> NormalCases(string folder)
    {
        AccuracyCase all = Cases(folder)[0];
        return [all with { Tests = [.. all.Tests.Where(test => test.Name == Normal)] }];
    }

    public IEnumerable<(string Name, double Value)> OwnFigures(IReadOnlyList<ScoredTest> tests)
    {
        ScoredTest[] faults = [.. tests.Where(test => test.Test.Name != Normal && !s_leftOut.Contains(test.Test.Name))];
        if (faults.Length == 0)
            yield break;
        yield return ("detected % at p ≤ 1 %", 100 * Detected(faults, (test, row) => test.PValues[row] <= Stated));
        if (tests.FirstOrDefault(test => test.Test.Name == Normal) is not { } normal)
            yield break;
        yield return ($"false alarms % at p ≤ 1 % on {Normal}", 100.0 * normal.PValues.Count(p => p <= Stated) / normal.PValues.Length);
        double limit = Quantiles.Of([.. normal.Scores.Where(double.IsFinite)], 1 - Stated);
        yield return ($"detected % at the 99 % quantile of {Normal}", 100 * Detected(faults, (test, row) => test.Scores[row] > limit));
    }

    private static double Detected(IEnumerable<ScoredTest> faults, Func<ScoredTest, int, bool> above) => faults.Average(
        test => Enumerable.Range(FaultFrom, test.Scores.Length - FaultFrom).Average(row => above(test, row) ? 1 : 0));
}
