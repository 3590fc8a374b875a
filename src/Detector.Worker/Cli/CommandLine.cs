using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Detector.Worker.Cli.Alerts;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Config;
using Detector.Worker.Cli.Evaluate;
using Detector.Worker.Cli.Logs;
using Detector.Worker.Cli.Model;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Cli.Representation;
using Detector.Worker.Cli.Simulate;
using Detector.Worker.Cli.Train;
using Detector.Worker.Cli.Tune;

namespace Detector.Worker.Cli;

/// <summary>The command line: <c>detector</c> is <c>detector run</c>.</summary>
internal static class CommandLine
{
    private static readonly string[] s_examples =
        ["detector quickstart", "detector --config config.json", "detector --config base.yaml --config site.yaml --set Http:Port=9500"];

    /// <summary>Runs a command and returns the exit code.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Talk.</param>
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        // No @file arguments: a topic may start with @.
        ParseResult parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (string message in parsed.Errors.Select(mistake => mistake.Message).Distinct(StringComparer.Ordinal))
                error.WriteLine($"detector: {message}");
            error.WriteLine($"Try '{Name(parsed.CommandResult.Command)} --help'.");
            return ExitCodes.Usage;
        }

        // Signals are handled where something runs that must drain.
        var invocation = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What a command can foresee it returns; this is a bug or a machine in trouble, and the trace is what helps.
            error.WriteLine($"detector: {exception}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>Every command with its options.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Watches sensor and log streams, learns what is normal, and alerts on what is not. Without a command it runs the service.");
        RunCommand.Configure(root);
        root.Add(RunCommand.Create());
        root.Add(QuickstartCommand.Create());
        root.Add(BacktestCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(TuneCommand.Create());
        root.Add(SimulateCommand.Create());
        root.Add(ModelCommand.Create());
        root.Add(ReconstructCommand.Create());
        root.Add(EncodeCommand.Create());
        root.Add(GenerateCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(LogsCommand.Create());
        root.Add(ValidateCommand.Create());
        root.Add(AlertCommand.Create());
        root.Add(ConfigCommand.Create());
        root.Add(HealthCommand.Create());
        root.Add(ReferenceCommand.Create());

        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, s_examples);
        return root;
    }

    private static string Name(Command command) => command is RootCommand ? "detector" : $"{Name(command.Parents.OfType<Command>().First())} {command.Name}";
}
