using Detector.Worker.Hosting.Reloading;
using Detector.Worker.Hosting.Systemd;

namespace Detector.Worker.Hosting;

/// <summary>The service as a hosted worker: starts it, tells systemd of it, reloads it when asked, waits for its end, and drains it when the host stops.</summary>
internal sealed class DetectorWorker(LiveService service, NotifySocket manager, ReloadRequest reload, IHostApplicationLifetime host) : BackgroundService
{
    /// <summary>How often the end of finite input, readiness and wishes to reload are looked for.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Time that systemd is asked for while a broker cannot be reached; asked again at each look.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private bool _ready;

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
        manager.Stopping(service.DrainTimeout);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        // The host swallows what ExecuteAsync throws, and would exit with 0.
        Succeeded = service.Stop() && service.Fault is null && ExecuteTask?.IsFaulted != true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested && !service.IsFinished && !service.Faulted.IsCompleted)
            {
                if (reload.Take() is { } asked)
                    await ReloadAsync(asked, stoppingToken).ConfigureAwait(false);
                if (!_ready)
                    Announce();
                await Task.WhenAny(service.Faulted, Task.Delay(s_look, stoppingToken)).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // The host may be gone before it has said why.
            service.Failed(error);
            throw;
        }
        finally
        {
            host.StopApplication();
        }
    }

    private Task<bool> ReloadAsync(TaskCompletionSource<IReadOnlyList<string>> asked, CancellationToken stop) => service.ReloadAsync(asked, () =>
    {
        manager.Reloading();
        _ready = false;
    }, stop);

    private void Announce()
    {
        IReadOnlyList<string> missing = service.Missing;
        _ready = missing.Count == 0;
        if (_ready)
            manager.Ready(service.Status);
        else
            manager.Starting(string.Join("; ", missing), s_patience);
    }
}
