using System.Globalization;
using Detector.Tests.Support;

namespace Detector.EndToEnd.Tests;

/// <summary>Sends signals to processes, by their id.</summary>
internal static class Signal
{
    /// <param name="name">Without SIG: TERM, INT, KILL.</param>
    public static async Task SendAsync(ExternalTool tool, string name)
    {
        ToolResult result = await ExternalTool.RunAsync("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {tool.ProcessId}")]);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
