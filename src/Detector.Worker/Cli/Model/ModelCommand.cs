using System.CommandLine;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model</c>: the stored models.</summary>
internal static class ModelCommand
{
    public static Command Create() => new CommandWithExamples(
        "model", "Lists, inspects, compares, verifies, promotes and rolls back stored models.",
        "detector model list --state ./state",
        "detector model inspect --config config.json --pipeline pumps --series pump-3",
        "detector model rollback --state ./state --series pump-3")
    {
        ModelListCommand.Create(),
        ModelInspectCommand.Create(),
        ModelDiffCommand.Create(),
        ModelVerifyCommand.Create(),
        ModelPromoteCommand.Create(),
        ModelRollbackCommand.Create(),
    };
}
