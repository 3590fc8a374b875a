using Detector.Worker.Hosting.Configuration;

namespace Detector.Worker.Hosting.Reloading;

/// <summary>
/// The service across reloads. A new configuration is read and checked in full while the present service goes on; only one without a mistake takes its
/// place, in one step between two messages: the present service finishes what is in flight, and the next takes up its models and saved state. Should
/// the next not start, the present configuration is started again. Used by one thread.
/// </summary>
/// <param name="configuration">What it begins with.</param>
/// <param name="read">Reads the configuration again.</param>
internal sealed class LiveService(LoadedConfiguration configuration, Func<LoadedConfiguration> read, ServiceContext context) : IAsyncDisposable
{
    private LoadedConfiguration _configuration = configuration;
    private IReadOnlyList<KeyValuePair<string, string>> _values = EffectiveValues.Of(configuration.Options);
    private volatile DetectorService? _service;

    public bool IsFinished => _service?.IsFinished != false;

    public Task Faulted => _service?.Faulted ?? Task.CompletedTask;

    public Exception? Fault => _service?.Fault;

    public IReadOnlyList<string> Missing => _service?.Missing ?? [];

    public TimeSpan ScoringFor => _service?.ScoringFor ?? TimeSpan.Zero;

    public TimeSpan DrainTimeout => _configuration.Options.DrainTimeout;

    /// <summary>One line for people.</summary>
    public string Status => FormattableString.Invariant(
        $"{_configuration.Options.Sources.Count} sources, {_configuration.Options.Pipelines.Count} pipelines, configuration {_configuration.Hash}");

    /// <exception cref="IOException">The address of the HTTP endpoint cannot be bound.</exception>
    /// <exception cref="ArgumentException">The device is not there.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        await StartAsync(_configuration, stop).ConfigureAwait(false);
        context.Metrics.ConfigurationReloaded(true, context.Clock.GetUtcNow());
    }

    /// <summary>Reads the configuration again and takes it up if nothing is wrong with it.</summary>
    /// <param name="asked">Told what is wrong with it, before the present service stops.</param>
    /// <param name="taking">Called once it is known to be right, before the present service stops.</param>
    /// <returns>Whether the configuration that was read is now in force.</returns>
    public async Task<bool> ReloadAsync(TaskCompletionSource<IReadOnlyList<string>> asked, Action taking, CancellationToken stop)
    {
        LoadedConfiguration next = read();
        IReadOnlyList<KeyValuePair<string, string>> values = EffectiveValues.Of(next.Options);
        var change = new ConfigurationChange(_values, values);
        IReadOnlyList<string> problems = next.Errors.Count > 0 ? next.Errors : await EnvironmentCheck.ProblemsAsync(change.Of(next.Options)).ConfigureAwait(false);
        foreach (string problem in problems)
            context.Log.ReloadRefused(problem);
        asked.TrySetResult(problems);
        bool taken = problems.Count == 0;
        if (taken && change.Entries.Count > 0)
        {
            taking();
            taken = await ReplaceAsync(next, values, stop).ConfigureAwait(false);
        }

        context.Metrics.ConfigurationReloaded(taken, context.Clock.GetUtcNow());
        if (taken)
            context.Log.Reloaded(next.Hash, change.Entries.Count == 0 ? "nothing" : string.Join(", ", change.Entries));
        else
            context.Log.ReloadFailed(_configuration.Hash);
        return taken;
    }

    /// <summary>Finishes what is in flight.</summary>
    /// <returns>Whether all of it was finished in time; nothing is in flight between two services.</returns>
    public bool Stop() => _service?.Stop() ?? true;

    /// <summary>Says what the service has failed of.</summary>
    public void Failed(Exception error) => context.Log.StageFailed(error, "service");

    public ValueTask DisposeAsync() => _service?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<bool> ReplaceAsync(LoadedConfiguration next, IReadOnlyList<KeyValuePair<string, string>> values, CancellationToken stop)
    {
        DetectorService present = _service!;
        // A free port was chosen once: who scrapes it must find it again.
        int? port = present.MetricsUrl is { } url ? new Uri(url).Port : null;
        foreach (DetectorOptions options in (DetectorOptions[])[next.Options, _configuration.Options])
            options.Http.Port = options.Http.Port == 0 && port is { } bound ? bound : options.Http.Port;
        present.Stop();
        await present.DisposeAsync().ConfigureAwait(false);
        _service = null;
        try
        {
            await StartAsync(next, stop).ConfigureAwait(false);
            (_configuration, _values) = (next, values);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the configuration that worked is the answer to it.
        catch (Exception error) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            context.Log.ReloadRefused(error.Message);
            await StartAsync(_configuration, stop).ConfigureAwait(false);
            return false;
        }
    }

    private async Task StartAsync(LoadedConfiguration wanted, CancellationToken stop)
    {
        var service = new DetectorService(wanted.Options, wanted.Hash, context);
        try
        {
            await service.StartAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _service = service;
        context.Metrics.KeepOnly(wanted.Options.Sources.Keys, wanted.Options.Pipelines.Keys, wanted.Options.Sinks.Keys);
    }
}
