using Detector.Worker.Cli;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Where the public data sets are: named by DETECTOR_DATA, or beside the repository. Nothing of them is in the repository.</summary>
internal static class DataFolder
{
    public const string Variable = "DETECTOR_DATA";

    /// <param name="named">What the command line says, if anything.</param>
    public static string Find(string? named) => named ?? Environment.GetEnvironmentVariable(Variable) ?? "../shared/data";

    /// <summary>Does work on the sets. A folder or file that is missing or unreadable is said in one line, with the remedy.</summary>
    public static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{error.Message} The folder of the sets is named by --data or {Variable}.");
            return ExitCodes.Failure;
        }
    }
}
