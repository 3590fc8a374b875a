using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Logs;

/// <summary><c>detector logs</c>: what is in log files.</summary>
internal static class LogsCommand
{
    public static Command Create() => new("logs", "Looks into log files.") { Templates() };

    private static CommandWithExamples Templates()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "log file (plain or .gz)" };
        var layout = new Option<string?>("--layout") { Description = "layout of a line, as in '<Date> <Time> <Level> <Component>: <Content>' (default: recognised)", HelpName = "LAYOUT" };
        var masks = new Option<string>("--masks") { Description = $"what is variable beside tokens with a digit: {string.Join(", ", Enum.GetNames<Masks>())}", DefaultValueFactory = _ => nameof(Masks.Default) };
        Option<int> top = NumberOption.Of("--top", "print the N commonest only; 0 = all", 0, 1_000_000, 0, "a whole number from 0 to 1000000");
        var output = new Option<string>("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new CommandWithExamples(
            "templates",
            "Prints the kinds of lines in a file, the commonest first: how many, the id, and the text with * for what varies.",
            "detector logs templates /var/log/syslog",
            "detector logs templates app.log.gz --layout '<Date> <Time> [<Thread>] <Level> <Component>: <Content>' --top 20") { file, layout, masks, top, output };
        command.SetAction(result => Run(
            result, result.GetRequiredValue(file).FullName, result.GetValue(layout), result.GetValue(masks)!, result.GetValue(top), result.GetValue(output) == "json"));
        return command;
    }

    private static int Run(ParseResult result, string path, string? layout, string masks, int top, bool json)
    {
        TextWriter error = result.InvocationConfiguration.Error;
        string wrong = "";
        LogLayout? given = layout is null ? null : LogLayout.Parse(layout, out wrong);
        if (layout is not null && given is null)
        {
            error.WriteLine($"detector: --layout is '{layout}', but {wrong}.");
            return ExitCodes.Usage;
        }

        if (!Enum.TryParse(masks, ignoreCase: true, out Masks chosen))
        {
            error.WriteLine($"detector: --masks is '{masks}'; write some of {string.Join(", ", Enum.GetNames<Masks>())}, separated by commas.");
            return ExitCodes.Usage;
        }

        var mined = new MinedFile(given, new MinerOptions { Masks = chosen });
        try
        {
            CsvInput.Read(path, mined);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            error.WriteLine($"detector: '{path}' cannot be read: {problem.Message}");
            return ExitCodes.Failure;
        }

        LogTemplate[] templates = [.. mined.Miner.Templates.OrderByDescending(template => template.Count).ThenBy(template => template.Id, StringComparer.Ordinal)];
        LogTemplate[] shown = top > 0 ? templates[..Math.Min(top, templates.Length)] : templates;
        TextWriter writer = result.InvocationConfiguration.Output;
        if (json)
        {
            writer.WriteLine(JsonSerializer.Serialize(
                [.. shown.Select(template => new TemplateLine(template.Count, template.Id, template.Text, SafeText.Of(template.Example.Span)))], LogsJson.Default.TemplateLineArray));
            return ExitCodes.Ok;
        }

        foreach (LogTemplate template in shown)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{template.Count,9}  {template.Id}  {template.Text}"));
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mined.Miner.Lines:N0} lines, {templates.Length:N0} templates{(mined.Miner.Evicted > 0 ? $", {mined.Miner.Evicted:N0} forgotten for room" : "")}"));
        return ExitCodes.Ok;
    }

    private sealed class MinedFile(LogLayout? layout, MinerOptions options) : IMessageSink
    {
        private readonly StructuredLine _structured = new();

        public TemplateMiner Miner { get; } = new(options);

        public bool TryAccept(in RawMessage message)
        {
            ReadOnlySpan<byte> line = message.Payload.Span;
            LogHeader header;
            if (layout is not null)
                Miner.Add(layout.TryRead(line, 0, out header) ? header.Content : line, out _);
            else
                Miner.Add(_structured.TryRead(line, 0, out header) ? header.Content : LogHeaders.Read(line, 0).Content, out _);
            return true;
        }

        public void Idle()
        {
        }
    }
}

/// <summary>A template as JSON.</summary>
internal sealed record TemplateLine(long Count, string Id, string Template, string Example);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TemplateLine[]))]
internal sealed partial class LogsJson : JsonSerializerContext;
