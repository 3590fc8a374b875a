using System.CommandLine;
using System.CommandLine.Parsing;
using Detector.Models.Artifacts;
using Detector.Worker.Hosting;

namespace Detector.Worker.Cli.Model;

/// <summary>Which stored models a command is about: the options <c>--state</c>, <c>--config</c>, <c>--pipeline</c> and <c>--series</c>.</summary>
internal sealed class StateArguments
{
    private readonly ConfigurationArguments _configuration = new();
    private readonly Option<DirectoryInfo?> _state = new("--state") { Description = "state directory (default: the configuration's State:Directory)", HelpName = "DIR" };
    private readonly Option<string?> _pipeline = new("--pipeline") { Description = "models of this pipeline only", HelpName = "NAME" };
    private readonly Option<string?> _series = new("--series") { Description = "models of this series only; * is the one that a whole pipeline shares", HelpName = "NAME" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_state);
        _configuration.AddTo(command);
        command.Add(_pipeline);
        command.Add(_series);
    }

    /// <summary>Whether one of the options was given.</summary>
    public bool Given(SymbolResult result) => result.GetResult(_state) is not null || result.GetResult(_pipeline) is not null || result.GetResult(_series) is not null;

    /// <summary>The state directory. Other mistakes of a configuration are the service's own affair.</summary>
    public string Directory(ParseResult arguments) => arguments.GetValue(_state)?.FullName ?? _configuration.Load(arguments).Options.State.Directory;

    public ArtifactStore Store(ParseResult arguments) => new(StateOptions.Models(Directory(arguments)));

    /// <summary>The versions asked for, by model; of each the newest first.</summary>
    public IReadOnlyList<StoredModel> Find(ParseResult arguments) =>
    [
        .. Store(arguments).Manifests().GroupBy(entry => Path.GetDirectoryName(entry.Directory), StringComparer.Ordinal)
            .Select(versions => new StoredModel([.. versions]))
            .Where(model => Matches(arguments.GetValue(_pipeline), model.Pipeline) && Matches(arguments.GetValue(_series), model.Series)),
    ];

    /// <summary>The only model asked for.</summary>
    /// <exception cref="ModelNotFoundException">There is none, or more than one.</exception>
    public StoredModel Single(ParseResult arguments)
    {
        IReadOnlyList<StoredModel> models = Find(arguments);
        if (models.Count == 1)
            return models[0];
        throw models.Count == 0
            ? NotFound(arguments)
            : new ModelNotFoundException($"There are {models.Count} models in '{Directory(arguments)}': name one with --pipeline and --series, {Some(models)}.");
    }

    /// <summary>What to say when there is none.</summary>
    public ModelNotFoundException NotFound(ParseResult arguments) => new($"There is no {Wanted(arguments)} in '{Directory(arguments)}'; see detector model list.");

    private static bool Matches(string? wanted, string name) => wanted is null || wanted == name;

    private string Wanted(ParseResult arguments) => (arguments.GetValue(_pipeline), arguments.GetValue(_series)) switch
    {
        (null, null) => "model",
        ({ } pipeline, null) => $"model of pipeline '{pipeline}'",
        (null, { } series) => $"model of series '{series}'",
        var (pipeline, series) => $"model of series '{series}' in pipeline '{pipeline}'",
    };

    private static string Some(IReadOnlyList<StoredModel> models)
    {
        const int Shown = 5;
        string names = string.Join(", ", models.Take(Shown).Select(model => $"{model.Pipeline}/{AlertText.Safe(model.Series)}"));
        return models.Count > Shown ? names + ", …" : names;
    }
}
