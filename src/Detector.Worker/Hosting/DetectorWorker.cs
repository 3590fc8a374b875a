namespace Detector.Worker.Hosting;

/// <summary>The service as a hosted worker: starts it, waits for its end, and drains it when the host stops.</summary>
internal sealed class DetectorWorker(DetectorService service, IHostApplicationLifetime host) : BackgroundService
{
    /// <summary>How often the end of finite input is looked for.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether everything in flight was finished and no stage failed.</summary>
    public bool Succeeded { get; private set; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Not in ExecuteAsync: once the host is started the endpoint serves and the models are loaded.
        await service.StartAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        Succeeded = service.Stop() && service.Fault is null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !service.IsFinished && !service.Faulted.IsCompleted)
            await Task.WhenAny(service.Faulted, Task.Delay(s_look, stoppingToken)).ConfigureAwait(false);
        host.StopApplication();
    }
}
