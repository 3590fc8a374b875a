namespace Detector.Benchmarks.Accuracy;

/// <summary>Where the public data sets are: named by DETECTOR_DATA, or beside the repository. Nothing of them is in the repository.</summary>
internal static class DataFolder
{
    public const string Variable = "DETECTOR_DATA";

    /// <param name="named">What the command line says, if anything.</param>
    public static string Find(string? named) => named ?? Environment.GetEnvironmentVariable(Variable) ?? "../shared/data";
}
