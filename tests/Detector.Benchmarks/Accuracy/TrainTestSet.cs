namespace Detector.Benchmarks.Accuracy;

/// <summary>Sets with a file to learn from and a file to be tested on for each series.</summary>
internal sealed class TrainTestSet(string name, string title, string directory) : IPublicSet
{
    public string Name => name;

    public string Title => title;

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, directory);
        return [.. SetManifest.Series(set).Select(entry => new AccuracyCase(
            entry.Text("series"), Path.Combine(set, entry.Text("train_file")), null,
            [new CaseTest(entry.Text("series"), Path.Combine(set, entry.Text("test_file")), 0, entry.Number("vus_window"))]))];
    }
}
