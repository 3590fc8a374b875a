using Detector.Models.Evaluation;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Evaluate;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The evaluated rows of a test with what the detector said of them. A row it could not score is the least anomalous: a miss if it is an anomaly.</summary>
internal sealed class ScoredTest
{
    public ScoredTest(CaseTest test, CsvTable table, IEnumerable<BacktestRow> rows)
    {
        Test = test;
        int label = table.IndexOf(TableDecoder.Label);
        Ticks = [.. table.Ticks.Skip(test.From)];
        Labels = [.. Enumerable.Range(test.From, Ticks.Length).Select(row => table.Value(row, label) > 0)];
        Scores = new double[Ticks.Length];
        PValues = new double[Ticks.Length];
        Verdicts = new bool[Ticks.Length];
        Array.Fill(Scores, double.NegativeInfinity);
        Array.Fill(PValues, 1);
        Fill(rows);
    }

    public CaseTest Test { get; }

    public long[] Ticks { get; }

    public bool[] Labels { get; }

    public double[] Scores { get; }

    public double[] PValues { get; }

    public bool[] Verdicts { get; }

    /// <summary>For rows of events whose features at fault are known: each column's share of the score, by time.</summary>
    public IReadOnlyDictionary<long, float[]> Contributions { get; init; } = new Dictionary<long, float[]>();

    /// <summary>Events and false alarms from a row on. A row whose time is not after all before it, as some recordings have, is left out: the detector dropped it too.</summary>
    /// <param name="called">(N) rows called anomalous.</param>
    /// <param name="mergeGap">Anomalous rows no further apart are one alarm.</param>
    public EventOutcomes Outcomes(bool[] called, int from, TimeSpan mergeGap)
    {
        var rows = new List<int>();
        for (int row = from; row < Ticks.Length; row++)
        {
            if (rows.Count == 0 || Ticks[row] > Ticks[rows[^1]])
                rows.Add(row);
        }

        return EventOutcomes.Of([.. rows.Select(row => Ticks[row])], [.. rows.Select(row => called[row])], [.. rows.Select(row => Labels[row])], mergeGap);
    }

    /// <summary>Both come in order of time; of rows with the same time the first was judged.</summary>
    private void Fill(IEnumerable<BacktestRow> rows)
    {
        int next = 0;
        foreach (BacktestRow row in rows)
        {
            while (next < Ticks.Length && Ticks[next] < row.Ticks)
                next++;
            if (next == Ticks.Length || Ticks[next] != row.Ticks || row.Verdict is not { } verdict)
                continue;
            (Scores[next], PValues[next], Verdicts[next]) = (verdict.Score, verdict.PValue, verdict.Anomalous);
        }
    }
}
