using System.Globalization;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The figures as Markdown.</summary>
internal sealed class AccuracyTable(AccuracyArguments arguments, TextWriter output)
{
    public void WriteHeader()
    {
        new Report(output).Machine();
        output.WriteLine();
        string settings = arguments.Overrides.Count == 0 ? "defaults" : $"defaults with {string.Join(", ", arguments.Overrides.Select(text => $"`{text}`"))}";
        output.WriteLine($"Settings: {settings}; {(arguments.Seeds == 1 ? "seed 1" : $"mean of seeds 1…{arguments.Seeds}")}{Mixture()}.");
        output.WriteLine();
        output.WriteLine("| set | series | VUS-PR | AUC-PR | best F1 | F1 | FAR % | MAR % | event F1 | false alarms, stated → seen | train s | score s | metrics s |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        output.Flush();
    }

    public void WriteRow(IPublicSet set, int series, SetFigures figures)
    {
        output.WriteLine(
            $"| {set.Title} | {series} | **{Share(figures[SetFigures.VusPr])}**{Spread(figures)} | {Share(figures[SetFigures.AucPr])} | {Share(figures[SetFigures.BestF1])} " +
            $"| {Share(figures[SetFigures.F1])} | {Tenth(figures[SetFigures.FalseAlarmShare])} | {Tenth(figures[SetFigures.MissRate])} | {Share(figures[SetFigures.EventF1])} " +
            $"| {Number(figures[SetFigures.Stated])} → {Number(figures[SetFigures.FalseAlarms])} " +
            $"| {Number(figures[SetFigures.Train])} | {Number(figures[SetFigures.Score])} | {Number(figures[SetFigures.Metrics])} |");
        output.Flush();
    }

    /// <summary>False alarms stated and seen at several rates; of less than one that is stated nothing can be said.</summary>
    public void WriteCalibration(IReadOnlyList<(IPublicSet Set, SetFigures Figures)> sets)
    {
        output.WriteLine();
        output.WriteLine($"| false alarms, stated → seen, share of the normal rows called | {string.Join(" | ", StatedRates.All.Select(rate => rate.Name))} |");
        output.WriteLine($"|---|{string.Concat(StatedRates.All.Select(_ => "---|"))}");
        foreach ((IPublicSet set, SetFigures figures) in sets)
        {
            IEnumerable<string> cells = StatedRates.All.Select(rate => figures[rate.Name + SetFigures.Stated] < 1
                ? "–"
                : $"{Number(figures[rate.Name + SetFigures.Stated])} → {Number(figures[rate.Name])}, {Tenth(100 * figures[rate.Name + SetFigures.FalseAlarmShare])} %");
            output.WriteLine($"| {set.Title} | {string.Join(" | ", cells)} |");
        }
    }

    public void WriteOwnFigures(IReadOnlyList<(IPublicSet Set, SetFigures Figures)> sets)
    {
        if (!sets.Any(set => set.Figures.Own.Count > 0))
            return;
        output.WriteLine();
        output.WriteLine("| set | figure | |");
        output.WriteLine("|---|---|---|");
        foreach ((IPublicSet set, SetFigures figures) in sets)
        {
            foreach (string name in figures.Own)
                output.WriteLine($"| {set.Title} | {name} | {Tenth(figures[name])} |");
        }
    }

    public void WriteSeries(IReadOnlyList<CaseOutcome> outcomes, IReadOnlyList<TestFigures[]> figures)
    {
        output.WriteLine("series, VUS-PR, AUC-PR, best F1, F1, FAR %, MAR %, event F1, false alarms");
        for (int i = 0; i < outcomes.Count; i++)
        {
            for (int t = 0; t < figures[i].Length; t++)
            {
                TestFigures test = figures[i][t];
                output.WriteLine(
                    $"{outcomes[i].Tests[t].Test.Name}, {Share(test.Volume.Pr)}, {Share(test.Ranking.AucPr)}, {Share(test.Ranking.BestF1)}, {Share(test.Rows.F1)}, " +
                    $"{Tenth(100 * test.Rows.FalseAlarmRate)}, {Tenth(100 * test.Rows.MissRate)}, {Share(test.Events.F1)}, {test.AfterTraining.FalseAlarms}");
            }
        }
    }

    private string Mixture() => arguments.Contamination > 0 ? $"; {Tenth(100 * arguments.Contamination)} % of the training rows show events of another series" : "";

    /// <summary>The lowest and the highest of several seeds.</summary>
    private static string Spread(SetFigures figures) => figures.Seeds.Count < 2 ? "" : $" ({Share(figures.Seeds.Min())}…{Share(figures.Seeds.Max())})";

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString(".000;-.000", CultureInfo.InvariantCulture);

    private static string Tenth(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value < 10 ? "0.0" : "#,##0", CultureInfo.InvariantCulture);
}
