using Detector.Models.Logs;

namespace Detector.Benchmarks.Logs;

/// <summary>Templates of the LogHub samples: one default configuration, every mask general.</summary>
internal static class TemplateTable
{
    public static void Write(string folder, Report report)
    {
        report.Table(
            "Templates of loghub_2k", "system", "grouping accuracy", "F1 of groups", "F1 of pairs", "templates (true)", "without being told the header", "Drain, published");
        var given = new List<Grouping>();
        var recognised = new List<Grouping>();
        foreach (LogHubSystem system in LogHubSystem.All)
        {
            List<byte[]> lines = LogFiles.Lines(Path.Combine(folder, "loghub_2k", $"{system.Name}_2k.log.gz"));
            string[] truth = [.. LogFiles.Rows(Path.Combine(folder, "loghub_2k", $"{system.Name}_2k.events.csv.gz")).Select(row => row[1])];
            LogLayout layout = LogLayout.Parse(system.Layout, out _)!;
            given.Add(Mine(lines, truth, line => layout.TryRead(line, 0, out LogHeader header) ? header.Content.ToArray() : line));
            recognised.Add(Mine(lines, truth, line => LogHeaders.Read(line, 0).Content.ToArray()));
            Grouping figures = given[^1];
            report.Row(
                system.Name, Three(figures.Accuracy), Three(figures.GroupF1), Three(figures.PairF1), $"{figures.Groups} ({figures.Truth})",
                Three(recognised[^1].Accuracy), Three(system.Drain));
        }

        report.Row(
            "mean", Three(given.Average(figures => figures.Accuracy)), Three(given.Average(figures => figures.GroupF1)), Three(given.Average(figures => figures.PairF1)),
            "", Three(recognised.Average(figures => figures.Accuracy)), Three(LogHubSystem.All.Average(system => system.Drain)));
    }

    private static Grouping Mine(List<byte[]> lines, string[] truth, Func<byte[], byte[]> content)
    {
        var miner = new TemplateMiner();
        string[] ids = [.. lines.Select(line => miner.Add(content(line), out _).Id)];
        // A kind that became more general later is looked up by the id it had.
        return Grouping.Of([.. ids.Select(id => miner.Find(id)?.Id ?? id)], truth);
    }

    private static string Three(double value) => value.ToString(".000", System.Globalization.CultureInfo.InvariantCulture);
}
