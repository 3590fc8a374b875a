using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Recordings;

/// <summary>Public data sets, which are not part of the repository.</summary>
internal static class PublicRecordings
{
    private const string Variable = "DETECTOR_DATA";

    /// <summary>Path of a recording; without it the test is skipped.</summary>
    public static string Path(params string[] parts)
    {
        string folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryFiles.Root, "..", "shared", "data"));
        Assert.SkipUnless(Directory.Exists(folder), $"This test reads public recordings; there is no folder '{folder}'. Set {Variable} to the one that holds them.");
        return System.IO.Path.Combine([folder, .. parts]);
    }
}
