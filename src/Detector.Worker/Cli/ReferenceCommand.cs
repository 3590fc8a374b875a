using System.CommandLine;
using Detector.Worker.Hosting.Configuration.Reference;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Cli;

/// <summary><c>detector reference</c>: what this very version knows, as Markdown; the files under docs/ are written with it.</summary>
internal static class ReferenceCommand
{
    private const string Configuration = "configuration", Metrics = "metrics", Commands = "commands";

    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "What is listed.", HelpName = $"{Configuration}|{Metrics}|{Commands}" };
        what.AcceptOnlyFromAmong(Configuration, Metrics, Commands);
        var command = new CommandWithExamples("reference", "Lists every key of the configuration, every metric or every command of this version, as Markdown.",
            "detector reference configuration", "detector reference metrics");
        command.Add(what);
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Output.Write(arguments.GetValue(what) switch
            {
                Configuration => ConfigurationReference.Markdown(),
                Metrics => MetricsReference.Markdown(),
                _ => CommandReference.Markdown(arguments.RootCommandResult.Command),
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
