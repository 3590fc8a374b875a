using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Hosting;

/// <summary>The running service.</summary>
internal static class ServiceHost
{
    /// <summary>Runs until <paramref name="stop"/> is cancelled and everything in flight is finished, or a stage fails.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(LoadedConfiguration configuration, ILoggerProvider logs, CancellationToken stop)
    {
        _ = (configuration, logs);
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
