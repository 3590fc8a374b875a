using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Detector.Worker.Hosting.Configuration.Reference;

namespace Detector.Worker.Cli.Config;

/// <summary><c>detector config schema</c>: the configuration as a JSON Schema.</summary>
internal static class ConfigSchemaCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static Command Create()
    {
        var command = new CommandWithExamples("schema", "Writes a JSON Schema of the configuration; editors complete and check with it.",
            "detector config schema > detector.schema.json");
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Output.WriteLine(ConfigurationSchema.Create().ToJsonString(s_json));
            return ExitCodes.Ok;
        });
        return command;
    }
}
