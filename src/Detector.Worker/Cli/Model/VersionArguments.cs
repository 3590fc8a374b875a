using System.CommandLine;
using Detector.Models.Artifacts;

namespace Detector.Worker.Cli.Model;

/// <summary>
/// Which versions a command is about: the options of <see cref="StateArguments"/> with <c>--version</c>, or <c>--model</c>, an artifact's own folder.
/// </summary>
internal sealed class VersionArguments
{
    private readonly StateArguments _state = new();
    private readonly Option<DirectoryInfo?> _model = new("--model") { Description = "folder of one version, instead of the state directory", HelpName = "DIR" };
    private readonly Option<string?> _version = new("--version") { Description = "name of the version (default: the newest)", HelpName = "VERSION" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        _state.AddTo(command);
        command.Add(_version);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_model) is not null && (result.GetResult(_version) is not null || _state.Given(result)))
                result.AddError("Name the model either by --model DIR or by --state, --pipeline, --series and --version.");
        });
    }

    /// <summary>Every version asked for.</summary>
    /// <exception cref="ModelNotFoundException">There is none.</exception>
    public IReadOnlyList<VersionPath> All(ParseResult arguments)
    {
        if (arguments.GetValue(_model) is { } folder)
            return [Of(folder.FullName)];
        string? version = arguments.GetValue(_version);
        VersionPath[] found =
        [
            .. from model in _state.Find(arguments)
               from entry in model.Versions
               where version is null || StoredModel.VersionOf(entry) == version
               select Of(model, entry),
        ];
        if (found.Length > 0)
            return found;
        throw version is null ? _state.NotFound(arguments) : new ModelNotFoundException($"There is no version '{version}'; see detector model list.");
    }

    /// <summary>The one version asked for; without a name, the newest of its model whose manifest verifies.</summary>
    /// <exception cref="ModelNotFoundException">There is none, or it is not clear which.</exception>
    public VersionPath Single(ParseResult arguments)
    {
        if (arguments.GetValue(_model) is { } folder)
            return Of(folder.FullName);
        StoredModel model = _state.Single(arguments);
        string? version = arguments.GetValue(_version);
        ArtifactEntry? entry = version is null
            ? model.Versions.FirstOrDefault(candidate => candidate.Refusal is null) ?? model.Versions[0]
            : model.Versions.FirstOrDefault(candidate => StoredModel.VersionOf(candidate) == version);
        return entry is null
            ? throw new ModelNotFoundException($"Series '{model.Series}' of pipeline '{model.Pipeline}' has no version '{version}'; see detector model list.")
            : Of(model, entry);
    }

    private static VersionPath Of(StoredModel model, ArtifactEntry entry) => new(model.Pipeline, model.Series, StoredModel.VersionOf(entry), entry.Directory);

    private static VersionPath Of(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelNotFoundException($"There is no folder '{folder}'.");
        ArtifactManifest? manifest = ArtifactStore.TryRead(folder, out Artifact? artifact, out _) ? artifact.Manifest : null;
        return new VersionPath(manifest?.Pipeline ?? "?", manifest?.Key ?? "?", manifest?.Version ?? Path.GetFileName(folder), folder);
    }
}
