using System.CommandLine;
using System.Text.Json;
using Detector.Models.Artifacts;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model rollback</c>: the version before serves again.</summary>
internal static class ModelRollbackCommand
{
    public static Command Create()
    {
        var state = new StateArguments();
        var live = new LiveArguments();
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "rollback", "Takes the version of a model that serves out of service, at once and wholly, so that the sound one before it serves. A running service follows with the next sample if it is named by --url, else when it is restarted.",
            "detector model rollback --state ./state --pipeline pumps --series pump-3") { output };
        state.AddTo(command);
        live.AddTo(command);
        command.SetAction(arguments => ModelErrors.Guard(arguments, () =>
        {
            ModelRollback done = RollBack(state.Single(arguments), state.Store(arguments), live.Given(arguments) ? live : null, arguments);
            TextWriter text = arguments.InvocationConfiguration.Output;
            if (Choice.Value<OutputFormat>(arguments, output) == OutputFormat.Json)
                text.WriteLine(JsonSerializer.Serialize(done, ModelJson.Default.ModelRollback));
            else
                text.WriteLine($"{done.Pipeline}/{AlertText.Safe(done.Series)}: version {done.Serves} serves; {done.Withdrawn} lies in {done.Aside} until the next training");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static ModelRollback RollBack(StoredModel model, ArtifactStore store, LiveArguments? live, ParseResult arguments)
    {
        // Versions that do not verify do not serve: they are neither what is taken out of service nor what comes into it.
        string[] sound = [.. model.Versions.Where(entry => ModelFile.Refusal(entry.Directory) is null).Select(StoredModel.VersionOf).Take(2)];
        if (sound.Length < 2)
        {
            throw new ModelNotFoundException(
                $"The model of series '{model.Series}' in pipeline '{model.Pipeline}' cannot be rolled back: of {model.Versions.Count} stored versions " +
                (sound.Length == 0 ? "none is sound." : $"only {sound[0]} is sound, and it would leave none to serve."));
        }

        string aside;
        if (live is null)
        {
            aside = store.Withdraw(model.Pipeline, model.Series, sound[0]);
        }
        else
        {
            live.Ask(arguments, "/api/v1/models/serve", model.Pipeline, model.Series, sound[1]);
            aside = Path.GetDirectoryName(store.DirectoryOf(model.Pipeline, model.Series, sound[0]))!;
        }

        return new ModelRollback(model.Pipeline, model.Series, sound[0], sound[1], aside);
    }
}
