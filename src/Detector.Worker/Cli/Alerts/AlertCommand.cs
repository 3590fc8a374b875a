using System.CommandLine;

namespace Detector.Worker.Cli.Alerts;

/// <summary><c>detector alert</c>: what the running service has told, and what people say of it.</summary>
internal static class AlertCommand
{
    public static Command Create()
    {
        var command = new Command("alert", "Lists the latest alerts of the running service and takes feedback on them.");
        command.Add(AlertListCommand.Create());
        command.Add(AlertMarkCommand.Create());
        return command;
    }
}
