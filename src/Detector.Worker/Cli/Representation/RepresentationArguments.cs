using System.CommandLine;
using Detector.Models.Artifacts;
using Detector.Models.Scoring;
using Detector.Worker.Cli.Model;

namespace Detector.Worker.Cli.Representation;

/// <summary>What the commands that use a trained network have in common: which model, which network, and where the numbers go.</summary>
internal sealed class RepresentationArguments
{
    private readonly VersionArguments _version = new();
    private readonly Option<FileInfo?> _out = new("--out") { Description = "CSV file to write (default: the standard output)", HelpName = "CSV" };

    /// <summary>The CSV file to read, for commands that read one.</summary>
    public Option<FileInfo> Input { get; } = new("--input") { Description = "CSV file with the model's features (plain or .gz)", HelpName = "CSV", Required = true };

    /// <summary>Adds the options to a command, but for <see cref="Input"/>.</summary>
    public void AddTo(Command command)
    {
        command.Add(_out);
        _version.AddTo(command);
    }

    /// <summary>Runs a command on the model that is meant, and tells of what it can foresee.</summary>
    /// <param name="act">Gives the lines of the result. Nothing is written unless it returns.</param>
    public int Run(ParseResult arguments, Func<ArtifactManifest, AnomalyModel, IEnumerable<string>> act) => ModelErrors.Guard(arguments, () =>
    {
        (ArtifactManifest manifest, AnomalyModel model) = ModelFile.Load(_version.Single(arguments).Directory);
        using (model)
        {
            IEnumerable<string> lines = act(manifest, model);
            using StreamWriter? file = arguments.GetValue(_out) is { } path ? new StreamWriter(path.FullName) : null;
            TextWriter output = file ?? arguments.InvocationConfiguration.Output;
            foreach (string line in lines)
            {
                output.Write(line);
                output.Write('\n');
            }

            return ExitCodes.Ok;
        }
    });

    /// <summary>Reads the input and hands over its windows.</summary>
    /// <exception cref="ModelNotFoundException">The input holds no window of the model's.</exception>
    public void Read(ParseResult arguments, ArtifactManifest manifest, AnomalyModel model, WindowVisitor take)
    {
        string path = arguments.GetRequiredValue(Input).FullName;
        var windows = new RecordedWindows(model, manifest.Window.PeriodTicks, CsvInput.Decoder(manifest.Key, ["label"], TimeProvider.System), take);
        CsvInput.Read(path, windows);
        string[] absent = [.. windows.Absent];
        if (absent.Length == model.Features.Count)
            throw new ModelNotFoundException($"'{path}' has no value of the model's features, {Names(absent)}.");
        if (windows.Windows == 0)
        {
            throw new ModelNotFoundException(
                $"'{path}' has {windows.Samples} samples and not one full window of {model.Dimensions.Rows} rows, one every {TimeSpan.FromTicks(manifest.Window.PeriodTicks).TotalSeconds:G6} s.");
        }

        TextWriter error = arguments.InvocationConfiguration.Error;
        if (absent.Length > 0)
            error.WriteLine($"detector: '{path}' has no value of {Names(absent)}: missing in every window.");
        if (windows.Dropped > 0)
            error.WriteLine($"detector: {windows.Dropped} lines of '{path}' could not be used.");
    }

    private static string Names(string[] features)
    {
        const int Shown = 10;
        string names = string.Join(", ", features.Take(Shown).Select(AlertText.Safe));
        return features.Length > Shown ? names + ", …" : names;
    }
}
