using System.CommandLine;
using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Cli;

/// <summary>The options <c>--config</c> and <c>--set</c> of every command that reads the configuration.</summary>
internal sealed class ConfigurationArguments
{
    /// <summary>Read when no <c>--config</c> is given and it exists.</summary>
    public const string DefaultFile = "/etc/detector/config.json";

    private readonly Option<string[]> _files = new("--config", "-c")
    {
        Description = $"Configuration file, JSON or YAML; may be repeated, the later one wins. Without it {DefaultFile} if it exists.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "One value, over files and environment; may be repeated.",
        HelpName = "SECTION:KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_overrides);
    }

    /// <summary>Loads the configuration the command line asks for.</summary>
    public LoadedConfiguration Load(ParseResult arguments) =>
        ConfigurationLoader.Load(Files(arguments), arguments.GetValue(_overrides) ?? [], ProcessEnvironment.Variables());

    /// <summary>Writes all mistakes; a service without any configuration is told where it looked.</summary>
    public void WriteErrors(ParseResult arguments, LoadedConfiguration configuration)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        error.WriteLine(configuration.Errors.Count == 1
            ? "The configuration has 1 mistake:"
            : FormattableString.Invariant($"The configuration has {configuration.Errors.Count} mistakes:"));
        foreach (string message in configuration.Errors)
            error.WriteLine($"- {message}");
        if (Files(arguments).Length == 0)
            error.WriteLine($"No configuration file was read: give one with --config FILE, or create {DefaultFile}.");
    }

    private string[] Files(ParseResult arguments) => arguments.GetValue(_files) switch
    {
        { Length: > 0 } files => files,
        _ when File.Exists(DefaultFile) => [DefaultFile],
        _ => [],
    };
}
