using System.CommandLine;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Worker.Cli;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Watches sensor and log streams and tells what is not normal.")
        {
            QuickstartCommand.Create(),
            BacktestCommand.Create(),
        };
        return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
    }
}
