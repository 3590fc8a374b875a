using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Models.Evaluation.Injection;

namespace Detector.Worker.Cli.Tune;

/// <summary>Writes what a search found.</summary>
internal static class TuneOutput
{
    /// <summary>A kind of made-up anomaly as it is written.</summary>
    public static string Name(InjectedKind kind) => kind switch
    {
        InjectedKind.LevelShift => "shift",
        InjectedKind.CorrelationBreak => "correlation",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The line that is shown while the search goes on.</summary>
    public static string Progress(TuneResult result, int number, TimeSpan elapsed, bool isBest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{elapsed:mm\\:ss} {number} {result.Candidate}: AUC-PR {result.Merit:F3}, found {result.Detection:P0}, trained in {result.TrainSeconds:F1} s{(isBest ? " (best so far)" : "")}");

    public static void Write(TuneArguments arguments, TuneRecording recording, string rate, TuneSearch search, JsonNode configuration, TextWriter output)
    {
        string text = TunedConfiguration.Text(configuration);
        if (arguments.Out is not null)
            File.WriteAllText(arguments.Out, text + "\n");
        if (arguments.Output == OutputFormat.Json)
        {
            var summary = new TuneSummary(
                recording.TrainingRows, recording.HeldOutTicks.Length, rate, [.. search.Results.Select(TuneSummaryCandidate.Of)],
                search.Results.ToList().IndexOf(search.Best!), search.IsExhausted, configuration);
            output.WriteLine(JsonSerializer.Serialize(summary, TuneJson.Default.TuneSummary));
            return;
        }

        Line(output, $"learned from {recording.TrainingRows:N0} rows, judged on {recording.HeldOutTicks.Length:N0} later ones with made-up anomalies of {recording.Options.LeastSize:G3} to {recording.Options.MostSize:G3} standard deviations;");
        Line(output, $"share of them found, in %, at {rate}; AUC-PR is the mean over all kinds, and what candidates are compared by");
        output.WriteLine();
        TextTable.Write([Header(search.Best!), .. search.Results.OrderByDescending(result => result.Merit).Select(result => Row(result, result == search.Best))], output);
        output.WriteLine();
        Line(output, $"{search.Results.Count} candidates; {(search.IsExhausted ? "everything near the chosen one was tried" : "the search ended with the budget: a longer one may find better")}");
        if (arguments.Out is null)
            output.WriteLine(text);
        else
            output.WriteLine($"chosen: {search.Best!.Candidate}; written to {arguments.Out}");
    }

    private static string[] Header(TuneResult result) =>
    [
        "", "networks", "rows", "latent", "hidden", "scaler", .. result.Outcomes.Select(outcome => Name(outcome.Kind)), "AUC-PR", "false alarms, stated", "seen",
        "train s", "µs a row",
    ];

    private static string[] Row(TuneResult result, bool isBest) =>
    [
        isBest ? "*" : "",
        result.Candidate.Networks,
        Text($"{result.Candidate.Rows}"),
        Text($"{result.Candidate.Latent}"),
        result.Candidate.Hidden,
        result.Candidate.Scaler,
        .. result.Outcomes.Select(outcome => outcome.Events == 0 ? "–" : Text($"{100 * outcome.Detection:F0}")),
        Text($"{result.Merit:F3}"),
        Text($"{result.StatedFalseAlarms:F2}"),
        Text($"{result.FalseAlarms}"),
        Text($"{result.TrainSeconds:F1}"),
        Text($"{result.ScoreMicroseconds:F0}"),
    ];

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
