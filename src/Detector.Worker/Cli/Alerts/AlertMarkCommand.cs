using System.CommandLine;

namespace Detector.Worker.Cli.Alerts;

/// <summary><c>detector alert mark</c>: what a person says of an alert.</summary>
internal static class AlertMarkCommand
{
    public static Command Create()
    {
        var service = new ServiceArguments();
        var id = new Argument<string>("ID") { Description = "Id of the alert, as in the alert itself and in detector alert list." };
        var verdict = new Argument<string>("VERDICT") { Description = "confirmed, no_anomaly (its like is not told again) or new_normal (a change that stays)." };
        verdict.AcceptOnlyFromAmong("confirmed", "no_anomaly", "new_normal");
        var by = new Option<string>("--by") { Description = "Who says so.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        var command = new CommandWithExamples(
            "mark", "Says of an alert what it was; in force at once, and remembered across restarts.",
            "detector alert mark ecf6af4a64a7177790964c530fe0a39d no_anomaly", "detector alert mark ecf6af4a64a7177790964c530fe0a39d confirmed --by night-shift") { id, verdict, by };
        service.AddTo(command);
        command.SetAction(async (arguments, stop) =>
        {
            using ServiceClient? client = service.Connect(arguments);
            if (client is null)
                return ExitCodes.Failure;
            string path = $"/api/v1/alerts/{Uri.EscapeDataString(arguments.GetValue(id)!)}/feedback";
            (bool well, string text) = await client.AskAsync(
                HttpMethod.Post, path, new Dictionary<string, string> { ["verdict"] = arguments.GetValue(verdict)!, ["by"] = arguments.GetValue(by)! }, stop).ConfigureAwait(false);
            (well ? arguments.InvocationConfiguration.Output : arguments.InvocationConfiguration.Error).WriteLine(
                well ? $"Alert {arguments.GetValue(id)} is marked {arguments.GetValue(verdict)}." : text);
            return well ? ExitCodes.Ok : ExitCodes.Failure;
        });
        return command;
    }
}
