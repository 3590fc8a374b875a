using System.CommandLine;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Hosting.Reloading;
using Detector.Worker.Telemetry.Logging;

namespace Detector.Worker.Cli;

/// <summary><c>detector run</c>: the service.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new CommandWithExamples("run", "Runs the service until it is stopped by SIGTERM or SIGINT; SIGHUP has it read its configuration again.",
            "detector run --config config.json", "detector run --config config.json --log-format json");
        Configure(command);
        return command;
    }

    /// <summary>Makes a command run the service: <c>run</c>, and the root command.</summary>
    public static void Configure(Command command)
    {
        var configuration = new ConfigurationArguments();
        Option<string> format = Choice.Of("--log-format", "How log lines are written to the standard error stream.", "text", "json");
        Option<string> level = Choice.Of("--log-level", "Least level of the log lines.", "information", "debug", "warning", "error");
        configuration.AddTo(command);
        command.Add(format);
        command.Add(level);
        command.SetAction(async (arguments, _) =>
        {
            LoadedConfiguration loaded = configuration.Load(arguments);
            if (loaded.Errors.Count > 0)
            {
                configuration.WriteErrors(arguments, loaded);
                return ExitCodes.Configuration;
            }

            var reload = new ReloadRequest();
            using var signals = new StopSignals(() => reload.AskAsync());
            using var logs = new LogWriter(
                arguments.InvocationConfiguration.Error, Choice.Value<LogFormat>(arguments, format), Terminal.ErrorTakesColor,
                Choice.Value<LogLevel>(arguments, level), TimeProvider.System);
            return await ServiceHost.RunAsync(loaded, () => configuration.Load(arguments), reload, ProcessEnvironment.Variables(), logs, signals.Token)
                .ConfigureAwait(false);
        });
    }
}
