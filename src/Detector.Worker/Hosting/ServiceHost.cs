using Detector.Worker.Cli;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Hosting;

/// <summary>Runs the service as a process of its own.</summary>
internal static class ServiceHost
{
    /// <summary>How often the end of finite input is looked for.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until <paramref name="stop"/> is cancelled, all sources have ended, or a stage fails; what is in flight is finished first.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(LoadedConfiguration configuration, ILoggerProvider logs, CancellationToken stop)
    {
        using var context = new ServiceContext(logs, new DetectorMetrics(ProcessMetrics.NewRegistry()), TimeProvider.System);
        try
        {
            var service = new DetectorService(configuration.Options, configuration.Hash, context);
            await using (service.ConfigureAwait(false))
            {
                await service.StartAsync(stop).ConfigureAwait(false);
                await EndOf(service, stop).ConfigureAwait(false);
                bool drained = service.Stop();
                return drained && service.Fault is null ? ExitCodes.Ok : ExitCodes.Failure;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            context.Log.CannotStart(exception.Message);
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
    }

    private static async Task EndOf(DetectorService service, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !service.IsFinished && !service.Faulted.IsCompleted)
            await Task.WhenAny(service.Faulted, Task.Delay(s_look, stop)).ConfigureAwait(false);
    }
}
