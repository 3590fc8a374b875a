using System.Globalization;
using System.Text.Json;

namespace Detector.Worker.Cli.Simulate;

/// <summary>The outcomes as a Markdown table, or as JSON.</summary>
internal static class SimulateOutput
{
    private const string None = "–";
    private static readonly string[] s_columns =
    [
        "change", "learning", "pumps", "false alarms a week, before", "from 2 days after", "holds again after days, median", "most", "hours blind after", "told in the first week", "suppressed", "questions",
        "found", "before half", "open at the end", "promoted", "rejected", "blinder", "training",
    ];

    public static void Write(IReadOnlyList<SimulationOutcome> outcomes, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize([.. outcomes], SimulateJson.Default.SimulationOutcomeArray));
            return;
        }

        Write(s_columns, output);
        Write([.. s_columns.Select(_ => "---")], output);
        foreach (IGrouping<(string Change, bool Learning, bool Hit), SimulationOutcome> row in outcomes.GroupBy(outcome => (outcome.Change, outcome.Learning, outcome.Hit)))
            Write(Cells([.. row]), output);
    }

    private static string[] Cells(SimulationOutcome[] runs)
    {
        SimulationOutcome first = runs[0];
        bool isFault = first.IsFault;
        int?[] days = [.. runs.Select(run => run.HoldsAfterDays).OrderBy(held => held ?? int.MaxValue)];
        string Mean(Func<SimulationOutcome, double> figure, string digits = "F1") => runs.Average(figure).ToString(digits, CultureInfo.InvariantCulture);
        string Share(Func<SimulationOutcome, bool> which) => FormattableString.Invariant($"{runs.Count(which)} of {runs.Length}");
        return
        [
            first.Hit ? first.Change : $"{first.Change}, the others", first.Learning ? "on" : "off",
            first.Pumps == 1 ? FormattableString.Invariant($"{runs.Length}") : FormattableString.Invariant($"{runs.Length} of {first.Pumps} each"),
            Mean(run => run.FalseAlarmsBefore, "F2"), isFault ? None : Mean(run => run.FalseAlarmsAfter, "F2"),
            isFault ? None : Days(days[(days.Length - 1) / 2]), isFault ? None : Days(days[^1]), isFault ? None : Mean(run => run.BlindHours), Mean(run => run.FirstWeek), Mean(run => run.Suppressed),
            Mean(run => run.Questions),
            isFault ? Share(run => run.FoundAt is not null) : None, isFault ? Share(run => run.FoundAt < 0.5) : None, isFault ? Share(run => run.IsOpenAtEnd) : None,
            Mean(run => run.Promoted), Mean(run => run.Rejected), FormattableString.Invariant($"{runs.Sum(run => run.Blinder)}"), $"{Mean(run => run.TrainingSeconds, "F0")} s",
        ];
    }

    private static string Days(int? days) => days?.ToString(CultureInfo.InvariantCulture) ?? "never";

    private static void Write(string[] cells, TextWriter output) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}
