using System.CommandLine;
using System.Text.Json;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model verify</c>: whether stored models can serve.</summary>
internal static class ModelVerifyCommand
{
    public static Command Create()
    {
        var versions = new VersionArguments();
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "verify", "Checks every byte of stored models and builds them, as the service does; exits 78 when one cannot serve.",
            "detector model verify", "detector model verify --state ./state --series pump-3 --output json", "detector model verify --model ./artifact") { output };
        versions.AddTo(command);
        command.SetAction(arguments => ModelErrors.Guard(arguments, () =>
        {
            ModelVerdict[] verdicts = [.. versions.All(arguments).Select(Judge)];
            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                arguments.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(verdicts, ModelJson.Default.ModelVerdictArray));
            else
                WriteText(arguments, verdicts);
            return verdicts.All(verdict => verdict.Sound) ? ExitCodes.Ok : ExitCodes.Configuration;
        }));
        return command;
    }

    private static ModelVerdict Judge(VersionPath version)
    {
        string? refusal = ModelFile.Refusal(version.Directory);
        return new ModelVerdict(version.Pipeline, version.Series, version.Version, version.Directory, refusal is null, refusal);
    }

    private static void WriteText(ParseResult arguments, ModelVerdict[] verdicts)
    {
        foreach (ModelVerdict verdict in verdicts)
        {
            if (verdict.Sound)
                arguments.InvocationConfiguration.Output.WriteLine($"sound    {verdict.Pipeline}/{AlertText.Safe(verdict.Series)} {verdict.Version}");
            else
                arguments.InvocationConfiguration.Output.WriteLine($"refused  {verdict.Pipeline}/{AlertText.Safe(verdict.Series)} {verdict.Version}: {verdict.Refusal}");
        }
    }
}
