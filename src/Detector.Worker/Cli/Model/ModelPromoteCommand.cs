using System.CommandLine;
using Detector.Models.Artifacts;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model promote</c>: a stored version comes into service.</summary>
internal static class ModelPromoteCommand
{
    public static Command Create()
    {
        var state = new StateArguments();
        var live = new LiveArguments();
        var version = new Argument<string>("VERSION") { Description = "version that is to serve, as in detector model list" };
        var command = new CommandWithExamples(
            "promote", "Puts a stored version of a model into service; those that are newer lie aside.",
            "detector model promote 20261121T144110-6851144Z --state ./state --pipeline pumps --series pump-3",
            "detector model promote 20261121T144110-6851144Z --state ./state --pipeline pumps --series pump-3 --url http://localhost:9464") { version };
        state.AddTo(command);
        live.AddTo(command);
        command.SetAction(arguments => ModelErrors.Guard(arguments, () =>
        {
            StoredModel model = state.Single(arguments);
            string wanted = arguments.GetValue(version)!;
            ArtifactStore store = state.Store(arguments);
            if (live.Given(arguments))
                live.Ask(arguments, "/api/v1/models/serve", model.Pipeline, model.Series, wanted);
            else if (!store.TryLoad(model.Pipeline, model.Series, wanted, out _, out string? refusal))
                throw new ModelNotFoundException(refusal);
            else
                store.Promote(model.Pipeline, model.Series, wanted);
            arguments.InvocationConfiguration.Output.WriteLine($"{model.Pipeline}/{AlertText.Safe(model.Series)}: version {wanted} serves");
            return ExitCodes.Ok;
        }));
        return command;
    }
}
