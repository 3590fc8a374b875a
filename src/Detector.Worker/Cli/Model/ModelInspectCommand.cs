using System.CommandLine;
using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Worker.Cli.Train;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model inspect</c>: what a stored model is made of and how it came about.</summary>
internal static class ModelInspectCommand
{
    public static Command Create()
    {
        var version = new VersionArguments();
        var report = new Option<FileInfo?>("--report") { Description = "write the page of the training as well", HelpName = "HTML" };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "inspect", "Shows a stored model: layers and parameters of its networks, how they were trained, and what the threshold rests on.",
            "detector model inspect --state ./state --series pump-3", "detector model inspect --model ./artifact --output json") { report, output };
        version.AddTo(command);
        command.SetAction(arguments => ModelErrors.Guard(arguments, () =>
        {
            VersionPath found = version.Single(arguments);
            Artifact artifact = ModelFile.Read(found.Directory);
            var inspection = ModelInspection.Of(artifact, found.Directory, TimeProvider.System.GetUtcNow());
            if (arguments.GetValue(report) is { } file)
            {
                using var page = new StreamWriter(file.FullName);
                TrainingPage.Write(artifact.Manifest, page);
            }

            TextWriter text = arguments.InvocationConfiguration.Output;
            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                text.WriteLine(JsonSerializer.Serialize(inspection, ModelJson.Default.ModelInspection));
            else
                InspectionText.Write(inspection, text);
            return ExitCodes.Ok;
        }));
        return command;
    }
}
