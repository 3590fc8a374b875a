using System.Text.Json;

namespace Detector.Benchmarks.Accuracy;

/// <summary>SMD by the rule of TSB-AD: a model learns from the first rows of the test file, and the whole file is scored.</summary>
internal sealed class SmdTsbSet : IPublicSet
{
    public string Name => "smd-tsb";

    public string Title => "SMD, server machines, rule of TSB-AD";

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, "smd");
        return [.. SetManifest.Series(set)
            .Where(entry => entry.GetProperty("tsb_ad").ValueKind == JsonValueKind.Object)
            .Select(entry => Case(set, entry))];
    }

    public IEnumerable<(string Name, double Value)> OwnFigures(IReadOnlyList<ScoredTest> tests) => Interpretation.Figures(tests);

    private static AccuracyCase Case(string set, JsonElement entry)
    {
        string file = Path.Combine(set, entry.Text("test_file"));
        int rows = entry.GetProperty("tsb_ad").Number("train_rows_of_test");
        return new AccuracyCase(
            entry.Text("series"), file, rows, [new CaseTest(entry.Text("series"), file, 0, entry.Number("vus_window")) 
            {
                Learned = rows,
                Interpretation = Path.Combine(set, $"{entry.Text("series")}.interpretation.txt"),
            }]);
    }
}
