using System.CommandLine;
using Detector.Worker.Hosting.Configuration.Reference;

namespace Detector.Worker.Cli.Config;

/// <summary><c>detector config init</c>: a commented configuration to begin with.</summary>
internal static class ConfigInitCommand
{
    public static Command Create()
    {
        Option<string> source = Choice.Of("--source", "Where samples come from.", ConfigurationTemplate.Kinds);
        var output = new Option<FileInfo?>("--to") { Description = "File to write, which must not exist yet; without it, the standard output.", HelpName = "FILE" };
        var command = new CommandWithExamples("init", "Writes a commented configuration to begin with.",
            "detector config init > config.json", "detector config init --source mqtt --to /etc/detector/config.json");
        command.Add(source);
        command.Add(output);
        command.SetAction(arguments => Write(arguments, ConfigurationTemplate.Read(arguments.GetValue(source)!), arguments.GetValue(output)));
        return command;
    }

    private static int Write(ParseResult arguments, string template, FileInfo? file)
    {
        if (file is null)
        {
            arguments.InvocationConfiguration.Output.Write(template);
            return ExitCodes.Ok;
        }

        try
        {
            using var writer = new StreamWriter(new FileStream(file.FullName, FileMode.CreateNew));
            writer.Write(template);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            arguments.InvocationConfiguration.Error.WriteLine(
                $"--to is {file}, which cannot be written ({exception.Message.TrimEnd('.')}): name a file that does not exist, in a directory that does.");
            return ExitCodes.Failure;
        }
    }
}
