using System.Text.Json;

namespace Detector.Benchmarks.Accuracy;

/// <summary>SKAB: a model for each file on its first 400 rows, every later row judged.</summary>
internal sealed class SkabSet : IPublicSet
{
    public string Name => "skab";

    public string Title => "SKAB, pump test rig";

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, "skab");
        return [.. SetManifest.Series(set)
            .Where(entry => entry.GetProperty("train_rows").ValueKind == JsonValueKind.Number)
            .Select(entry => Case(set, entry))];
    }

    /// <summary>The recording without any anomaly, which the benchmark itself has no use for.</summary>
    public IReadOnlyList<AccuracyCase> NormalCases(string folder)
    {
        string set = Path.Combine(folder, "skab");
        JsonElement entry = SetManifest.Series(set).Single(entry => entry.GetProperty("train_rows").ValueKind == JsonValueKind.Null);
        return [AccuracyCase.Normal(entry.Text("series"), Path.Combine(set, entry.Text("file")), entry.Number("rows"))];
    }

    private static AccuracyCase Case(string set, JsonElement entry)
    {
        string file = Path.Combine(set, entry.Text("file"));
        int rows = entry.Number("train_rows");
        return new AccuracyCase(
            entry.Text("series"), file, rows, [new CaseTest(entry.Text("series"), file, rows, entry.Number("vus_window")) { GoesOn = true }]);
    }
}
