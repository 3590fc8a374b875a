using System.Globalization;
using System.Text.Json;

namespace Detector.Worker.Cli.Simulate;

/// <summary>The outcomes as a Markdown table, or as JSON.</summary>
internal static class SimulateOutput
{
    public static void Write(IReadOnlyList<SimulationOutcome> outcomes, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize([.. outcomes], SimulateJson.Default.SimulationOutcomeArray));
            return;
        }

        output.WriteLine("| change | learning | runs | false alarms a week, before | from 2 days after | hours blind after | questions | found | before half | open at the end | promoted | rejected | blinder | training |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (IGrouping<(string Change, bool Learning), SimulationOutcome> group in outcomes.GroupBy(outcome => (outcome.Change, outcome.Learning)))
        {
            SimulationOutcome[] runs = [.. group];
            bool isFault = runs.Any(run => double.IsNaN(run.FalseAlarmsAfter));
            string none = isFault ? "" : "–";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Change} | {(group.Key.Learning ? "on" : "off")} | {runs.Length} | {runs.Average(run => run.FalseAlarmsBefore):F2} | "
                + $"{(isFault ? "–" : Number(runs.Average(run => run.FalseAlarmsAfter)))} | {(isFault ? "–" : Number(runs.Average(run => run.BlindHours)))} | {runs.Average(run => run.Questions):F1} | "
                + $"{none}{(isFault ? Share(runs, run => run.FoundAt is not null) : "")} | {none}{(isFault ? Share(runs, run => run.FoundAt < 0.5) : "")} | {none}{(isFault ? Share(runs, run => run.IsOpenAtEnd) : "")} | "
                + $"{runs.Average(run => run.Promoted):F1} | {runs.Average(run => run.Rejected):F1} | {runs.Sum(run => run.Blinder)} | {runs.Average(run => run.TrainingSeconds):F0} s |"));
        }
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Share(SimulationOutcome[] runs, Func<SimulationOutcome, bool> which) => FormattableString.Invariant($"{runs.Count(which)} of {runs.Length}");
}
