using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace Detector.Worker.Cli;

/// <summary>The command line as Markdown: a section for each command, with its options and examples.</summary>
internal static class CommandReference
{
    public static string Markdown(Command root)
    {
        var text = new StringBuilder();
        text.Append("""
            # Command reference

            Written by `detector reference commands`; a test fails when this file is not what the command prints. Results go to the standard output,
            everything else to the standard error stream. Exit codes: 0 ok, 1 failure while running, 64 usage, 69 something cannot be reached, 78 wrong
            configuration or artifact.

            """);
        Add(root, "detector", text);
        return text.ToString();
    }

    private static void Add(Command command, string name, StringBuilder text)
    {
        string arguments = string.Concat(command.Arguments.Select(argument => $" {argument.HelpName ?? argument.Name.ToUpperInvariant()}"));
        text.Append(CultureInfo.InvariantCulture, $"\n## `{name}{arguments}`\n\n{command.Description}\n");
        Option[] options = [.. command.Options.Where(option => !option.Hidden && option is not (HelpOption or VersionOption))];
        if (options.Length > 0)
        {
            text.Append("\n| option | meaning |\n|---|---|\n");
            foreach (Option option in options)
            {
                string names = string.Join(", ", option.Aliases.Prepend(option.Name).Distinct(StringComparer.Ordinal).Select(alias => $"`{alias}`"));
                string value = option.ValueType == typeof(bool) ? "" : $" `{Cell(option.HelpName ?? "VALUE")}`";
                text.Append(CultureInfo.InvariantCulture, $"| {names}{value} | {Cell(option.Description ?? "")} |\n");
            }
        }

        if (command is CommandWithExamples { Examples: { Count: > 0 } examples })
            text.Append(CultureInfo.InvariantCulture, $"\n```sh\n{string.Join('\n', examples)}\n```\n");
        foreach (Command inner in command.Subcommands)
            Add(inner, $"{name} {inner.Name}", text);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
