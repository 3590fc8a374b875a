using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Web;
using Detector.Worker.Web.Api;

namespace Detector.Worker.Cli.Alerts;

/// <summary><c>detector alert list</c>: the latest alerts of the running service.</summary>
internal static class AlertListCommand
{
    public static Command Create()
    {
        var service = new ServiceArguments();
        var open = new Option<bool>("--open") { Description = "Only those that are not resolved." };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples("list", "Lists the latest alerts, the newest first.", "detector alert list", "detector alert list --open --output json") { open, output };
        service.AddTo(command);
        command.SetAction(async (arguments, stop) =>
        {
            using ServiceClient? client = service.Connect(arguments);
            if (client is null)
                return ExitCodes.Failure;
            (bool well, string text) = await client.AskAsync(HttpMethod.Get, "/api/v1/alerts", null, stop).ConfigureAwait(false);
            if (!well)
            {
                arguments.InvocationConfiguration.Error.WriteLine(text);
                return ExitCodes.Failure;
            }

            AlertRow[] rows = [.. JsonSerializer.Deserialize(text, WebJson.Default.AlertRowArray)!.Where(row => !arguments.GetValue(open) || row.Alert.State != AlertState.Resolved)];
            Write(rows, Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json, arguments.InvocationConfiguration.Output);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(AlertRow[] rows, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(rows, WebJson.Default.AlertRowArray));
            return;
        }

        foreach (AlertRow row in rows)
        {
            string words = row.Alert.Message is { } message ? AlertText.Safe(message)
                : row.Alert.Kind == AlertKind.Quality ? AlertText.Trouble(row.Alert) : AlertText.Shares(row.Alert);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Alert.Id}  {row.Alert.StartedAt:yyyy-MM-dd HH:mm:ss}  {(row.Alert.State == AlertState.Resolved ? "resolved" : "open"),-8}  {AlertText.Word(row.Alert.Severity),-8}  "
                + $"{AlertText.Safe(row.Alert.Series)}: {words}{(row.Verdict is null ? "" : $"  [{row.Verdict}]")}"));
        }
    }
}
