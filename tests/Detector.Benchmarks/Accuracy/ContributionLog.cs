using Detector.Worker.Cli.Evaluate;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Keeps each feature's share of the score for the anomalous rows of tests whose features at fault are known.</summary>
internal sealed class ContributionLog
{
    private HashSet<long> _wanted = [];

    /// <summary>Shares in the order of the table's columns, by time.</summary>
    public Dictionary<long, float[]> Kept { get; private set; } = [];

    /// <summary>Begins with another test.</summary>
    public void Start(CaseTest test, CsvTable table)
    {
        Kept = [];
        int label = table.IndexOf(TableDecoder.Label);
        _wanted = test.Interpretation is null ? [] : [.. Enumerable.Range(0, table.Count).Where(row => table.Value(row, label) > 0).Select(row => table.Ticks[row])];
    }

    public void Keep(WindowBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (_wanted.Contains(batch.Ticks(i)))
                Kept[batch.Ticks(i)] = batch.Contributions(i).ToArray();
        }
    }
}
