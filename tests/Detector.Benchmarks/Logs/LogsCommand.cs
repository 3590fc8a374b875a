using System.CommandLine;
using System.Globalization;
using Detector.Benchmarks.Accuracy;
using Detector.Worker.Cli;

namespace Detector.Benchmarks.Logs;

/// <summary><c>logs</c>: templates, sessions, time windows and speed on the public logs, as tables.</summary>
internal static class LogsCommand
{
    private static readonly Dictionary<string, Action<string, Report>> s_tables = new(StringComparer.Ordinal)
    {
        ["templates"] = TemplateTable.Write,
        ["sessions"] = SessionTable.Write,
        ["windows"] = WindowTable.Write,
        ["speed"] = SpeedTable.Write,
    };

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        var only = new Option<string[]>("--only") { Description = $"tables to print: {string.Join(", ", s_tables.Keys)}", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. s_tables.Keys]);
        var write = new Option<string?>("--write") { Description = "write the tables between the markers of this Markdown file", HelpName = "FILE" };
        var command = new Command("logs", "Measures templates, sessions, time windows and speed on the public logs.") { data, only, write };
        command.SetAction(result =>
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            var report = new Report(text);
            report.Machine();
            foreach ((string name, Action<string, Report> table) in s_tables)
            {
                if (result.GetValue(only) is not { Length: > 0 } chosen || chosen.Contains(name))
                    table(DataFolder.Find(result.GetValue(data)), report);
            }

            Console.Out.Write(text);
            if (result.GetValue(write) is { } file)
                MarkedSection.Replace(file, text.ToString());
            return ExitCodes.Ok;
        });
        return command;
    }
}
