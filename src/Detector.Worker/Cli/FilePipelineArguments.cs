using System.CommandLine;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli;

/// <summary>The options <c>--config</c>, <c>--pipeline</c> and <c>--set</c> of a command on files: one pipeline of a configuration, or one of defaults.</summary>
/// <param name="defaultName">Name of the pipeline of defaults, unless <c>--pipeline</c> gives one.</param>
internal sealed class FilePipelineArguments(string defaultName)
{
    private readonly Option<FileInfo[]> _files = new("--config")
    {
        Description = "configuration file whose pipeline is run; may be given several times",
        HelpName = "FILE",
    };

    private readonly Option<string?> _pipeline = new("--pipeline")
    {
        Description = "name of the pipeline in the configuration (default: its only one)",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "override one value of the pipeline, for example Window:Length=00:01:00",
        HelpName = "KEY=VALUE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_pipeline);
        command.Add(_overrides);
    }

    /// <summary>Finds the pipeline; without one, every mistake is on the standard error stream.</summary>
    /// <param name="input">The file that the command reads.</param>
    public FilePipeline? Find(ParseResult arguments, string input)
    {
        string[] files = [.. (arguments.GetValue(_files) ?? []).Select(file => file.FullName)];
        (FilePipeline? found, IReadOnlyList<string> errors) = Find(
            files, arguments.GetValue(_pipeline), arguments.GetValue(_overrides) ?? [], input, ProcessEnvironment.Variables());
        foreach (string error in errors)
            arguments.InvocationConfiguration.Error.WriteLine($"detector: {error}");
        return found;
    }

    private (FilePipeline? Found, IReadOnlyList<string> Errors) Find(
        string[] files, string? chosen, string[] overrides, string input, IReadOnlyDictionary<string, string> environment)
    {
        bool configured = files.Length > 0;
        string byDefault = chosen ?? defaultName;
        LoadedConfiguration loaded = configured
            ? ConfigurationLoader.Load(files, [.. Overrides(chosen, overrides)], environment)
            : ConfigurationLoader.Load([], [.. Around(byDefault, input), .. Overrides(byDefault, overrides)], new Dictionary<string, string>());
        if (loaded.Errors.Count > 0)
            return (null, loaded.Errors);

        IDictionary<string, PipelineOptions> pipelines = loaded.Options.Pipelines;
        string name = chosen ?? (pipelines.Count == 1 ? pipelines.Keys.Single() : "");
        if (pipelines.TryGetValue(name, out PipelineOptions? options))
            return (new FilePipeline(name, options, configured ? loaded.Options.State.Directory : null, loaded.Options.Device), []);
        string known = string.Join(", ", pipelines.Keys);
        return (null, [name.Length == 0 ? $"Say with --pipeline which of {known} to run." : $"There is no pipeline '{name}'; the configuration has {known}."]);
    }

    private static IEnumerable<string> Overrides(string? pipeline, string[] overrides) => overrides.Select(text => $"Pipelines:{pipeline}:{text}");

    /// <summary>The least configuration around a pipeline of defaults.</summary>
    private static IEnumerable<string> Around(string pipeline, string input) =>
    [
        "Sources:input:Type=file",
        $"Sources:input:Path={input}",
        "Sinks:output:Type=stdout",
        $"Pipelines:{pipeline}:Sources:0=input",
        $"Pipelines:{pipeline}:Sinks:0=output",
    ];
}
