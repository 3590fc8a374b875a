using System.CommandLine;
using Detector.Worker.Hosting.Configuration.Reference;

namespace Detector.Worker.Cli.Config;

/// <summary><c>detector config reference</c>: every key with its meaning and default, as Markdown.</summary>
internal static class ConfigReferenceCommand
{
    public static Command Create()
    {
        var command = new CommandWithExamples("reference", "Writes every key with its type, default and meaning, as Markdown.",
            "detector config reference > docs/configuration.md");
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Output.Write(ConfigurationReference.Markdown());
            return ExitCodes.Ok;
        });
        return command;
    }
}
