using System.CommandLine;
using System.Text.Json;
using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Cli.Config;

/// <summary><c>detector config show</c>: every effective value, secrets redacted.</summary>
internal static class ConfigShowCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var sources = new Option<bool>("--sources") { Description = "Says beside each value where it comes from." };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples("show", "Shows every value in effect, secrets redacted; exits 78 when the configuration is wrong.",
            "detector config show --config config.json", "detector config show --sources --config base.yaml --config site.yaml");
        configuration.AddTo(command);
        command.Add(sources);
        command.Add(output);
        command.SetAction(arguments =>
        {
            LoadedConfiguration loaded = configuration.Load(arguments);
            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                WriteJson(arguments.InvocationConfiguration.Output, loaded);
            else
                WriteText(arguments.InvocationConfiguration.Output, loaded, arguments.GetValue(sources));
            if (loaded.Errors.Count == 0)
                return ExitCodes.Ok;
            configuration.WriteErrors(arguments, loaded);
            return ExitCodes.Configuration;
        });
        return command;
    }

    private static void WriteText(TextWriter output, LoadedConfiguration loaded, bool sources)
    {
        if (sources)
            TextTable.Write([["key", "value", "source"], .. loaded.Values.Select(value => (string[])[value.Key, value.Value, value.Origin])], output);
        else
            TextTable.Write([["key", "value"], .. loaded.Values.Select(value => (string[])[value.Key, value.Value])], output);
    }

    private static void WriteJson(TextWriter output, LoadedConfiguration loaded) => output.WriteLine(JsonSerializer.Serialize(
        new { loaded.Hash, Values = loaded.Values.Select(value => new { value.Key, value.Value, Source = value.Origin }), loaded.Errors }, s_json));
}
