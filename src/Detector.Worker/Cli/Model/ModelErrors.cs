using System.CommandLine;

namespace Detector.Worker.Cli.Model;

/// <summary>What the commands on models foresee, as exit codes and a sentence.</summary>
internal static class ModelErrors
{
    /// <summary>Runs a command: a model that is not there exits with 1, one that does not verify with 78.</summary>
    public static int Guard(ParseResult arguments, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception error) when (error is ModelNotFoundException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"detector: {error.Message}");
            return error is InvalidDataException ? ExitCodes.Configuration : ExitCodes.Failure;
        }
    }
}
