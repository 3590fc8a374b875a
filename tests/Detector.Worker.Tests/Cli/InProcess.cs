using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli;

/// <summary>The command line, called within the test's own process.</summary>
internal static class InProcess
{
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = await CommandLine.InvokeAsync(arguments, output, error);
        return new ToolResult(code, output.ToString(), error.ToString());
    }
}
