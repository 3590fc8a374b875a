using Detector.Tests.Support;

namespace Detector.Worker.Tests.Cli;

/// <summary>The built program, run as a process of its own.</summary>
internal static class DetectorProcess
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "detector.dll");

    public static Task<ToolResult> RunAsync(params string[] arguments) => ExternalTool.RunAsync("dotnet", [s_program, .. arguments]);

    public static ExternalTool Start(params string[] arguments) => Start(new Dictionary<string, string?>(), arguments);

    public static ExternalTool Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        ExternalTool.Start("dotnet", [s_program, .. arguments], environment: environment);
}
