namespace Detector.Tests.Support;

/// <summary>The checker of files against published schemas, <c>eng/schemas</c>, which <c>eng/setup.sh --tests</c> installs.</summary>
internal static class SchemaCheck
{
    /// <param name="arguments">As <c>validate.mjs</c> takes them.</param>
    public static Task<ToolResult> RunAsync(IEnumerable<string> arguments)
    {
        string folder = Path.Combine(Root(), "eng", "schemas");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            Assert.Fail("The checker of schemas is not installed: run eng/setup.sh --tests.");
        return ExternalTool.RunAsync("node", [Path.Combine(folder, "validate.mjs"), .. arguments]);
    }

    private static string Root()
    {
        DirectoryInfo directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Detector.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} holds Detector.sln.");
        return directory.FullName;
    }
}
