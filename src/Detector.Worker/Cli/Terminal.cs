namespace Detector.Worker.Cli;

/// <summary>What the terminal can show.</summary>
internal static class Terminal
{
    /// <summary>Whether the standard error stream is a terminal that wants colour (https://no-color.org).</summary>
    public static bool ErrorTakesColor => !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
