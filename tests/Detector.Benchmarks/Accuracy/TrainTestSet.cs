using System.Text.Json;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Sets with a file to learn from and a file to be tested on for each series.</summary>
internal sealed class TrainTestSet(string name, string title, string directory) : IPublicSet
{
    public string Name => name;

    public string Title => title;

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, directory);
        return [.. SetManifest.Series(set).Select(entry => Case(set, entry))];
    }

    public IEnumerable<(string Name, double Value)> OwnFigures(IReadOnlyList<ScoredTest> tests) => Interpretation.Figures(tests);

    public IReadOnlyList<AccuracyCase> NormalCases(string folder)
    {
        string set = Path.Combine(folder, directory);
        return [.. SetManifest.Series(set).Select(entry =>
            AccuracyCase.Normal(entry.Text("series"), Path.Combine(set, entry.Text("train_file")), entry.Number("train_rows")))];
    }

    private static AccuracyCase Case(string set, JsonElement entry)
    {
        string series = entry.Text("series");
        string faults = Path.Combine(set, $"{series}.interpretation.txt");
        var test = new CaseTest(series, Path.Combine(set, entry.Text("test_file")), 0, entry.Number("vus_window"))
        {
            Interpretation = File.Exists(faults) ? faults : null,
        };
        return new AccuracyCase(series, Path.Combine(set, entry.Text("train_file")), null, [test]);
    }
}
