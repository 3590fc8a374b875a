using System.CommandLine;
using System.Text.Json;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Cli;

/// <summary><c>detector validate</c>: checks the configuration, and that what it names can be reached, without starting.</summary>
internal static class ValidateCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var noEnvironment = new Option<bool>("--no-environment") { Description = "Checks the text only: no broker, file or directory is touched." };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "validate", "Checks the configuration without starting the service; exits 78 when it is wrong, 69 when something cannot be reached.",
            "detector validate --config config.json", "detector validate --config config.json --no-environment --output json");
        configuration.AddTo(command);
        command.Add(noEnvironment);
        command.Add(output);
        command.SetAction(async (arguments, _) =>
        {
            LoadedConfiguration loaded = configuration.Load(arguments);
            bool valid = loaded.Errors.Count == 0;
            IReadOnlyList<string> problems = valid && !arguments.GetValue(noEnvironment)
                ? await EnvironmentCheck.ProblemsAsync(loaded.Options).ConfigureAwait(false)
                : [];

            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                WriteJson(arguments.InvocationConfiguration.Output, loaded, problems);
            else if (valid)
                WriteText(arguments, loaded, problems);
            else
                configuration.WriteErrors(arguments, loaded);
            return !valid ? ExitCodes.Configuration : problems.Count > 0 ? ExitCodes.Unavailable : ExitCodes.Ok;
        });
        return command;
    }

    private static void WriteText(ParseResult arguments, LoadedConfiguration loaded, IReadOnlyList<string> problems)
    {
        DetectorOptions options = loaded.Options;
        arguments.InvocationConfiguration.Output.WriteLine(
            $"configuration is valid: {Count(options.Sources.Count, "source")}, {Count(options.Pipelines.Count, "pipeline")}, {Count(options.Sinks.Count, "sink")}, hash {loaded.Hash}");
        foreach (string problem in problems)
            arguments.InvocationConfiguration.Error.WriteLine($"- {problem}");
    }

    private static void WriteJson(TextWriter output, LoadedConfiguration loaded, IReadOnlyList<string> problems) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            Valid = loaded.Errors.Count == 0,
            loaded.Errors,
            Unreachable = problems,
            Sources = loaded.Options.Sources.Keys,
            Pipelines = loaded.Options.Pipelines.Keys,
            Sinks = loaded.Options.Sinks.Keys,
            loaded.Hash,
        }, s_json));

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
