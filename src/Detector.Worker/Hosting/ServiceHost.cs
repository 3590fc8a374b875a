using Detector.Worker.Cli;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Hosting.Reloading;
using Detector.Worker.Hosting.Systemd;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Hosting;

/// <summary>Runs the service as a process of its own, under the generic host.</summary>
internal static class ServiceHost
{
    /// <summary>Time beyond the drain timeout for connections to close.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs until <paramref name="stop"/> is cancelled, all sources have ended, or a stage fails; what is in flight is finished first.</summary>
    /// <param name="read">Reads the configuration; called again at each reload.</param>
    /// <param name="reload">Where a reload is asked for.</param>
    /// <param name="environment">The environment variables, by which systemd is reached.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(
        LoadedConfiguration configuration, Func<LoadedConfiguration> read, ReloadRequest reload, IReadOnlyDictionary<string, string> environment,
        ILoggerProvider logs, CancellationToken stop)
    {
        using var context = new ServiceContext(logs, new DetectorMetrics(ProcessMetrics.NewRegistry()), TimeProvider.System) { Reload = reload };
        using var manager = new NotifySocket(environment.GetValueOrDefault("NOTIFY_SOCKET"), context.Clock);
        try
        {
            await using var service = new LiveService(configuration, read, context);
            using var watchdog = new Watchdog(manager, Watchdog.Interval(environment), () => service.ScoringFor, context.Clock);
            using IHost host = Build(configuration, context, services => services.AddSingleton(service).AddSingleton(manager).AddSingleton(reload));
            await host.StartAsync(stop).ConfigureAwait(false);
            await host.WaitForShutdownAsync(stop).ConfigureAwait(false);
            return host.Services.GetRequiredService<DetectorWorker>().Succeeded ? ExitCodes.Ok : ExitCodes.Failure;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            context.Log.CannotStart(exception.Message);
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
    }

    private static IHost Build(LoadedConfiguration configuration, ServiceContext context, Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // Why it cannot start, and what it failed of, is said elsewhere.
        builder.Logging.ClearProviders().AddProvider(context.Logs).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // The command line owns the signals.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = configuration.Options.DrainTimeout + s_grace);
        add(builder.Services);
        builder.Services.AddSingleton<DetectorWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DetectorWorker>());
        return builder.Build();
    }
}
