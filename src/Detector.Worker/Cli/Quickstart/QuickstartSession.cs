using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Ingestion;
using Detector.Worker.Pipeline;
using Detector.Worker.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>
/// The main job with nothing set up: a broker of its own, a feed that produces to it, the service that reads from it, and a reader of its
/// alerts. Every part talks to the broker over TCP as it would to a real one.
/// </summary>
internal sealed class QuickstartSession : IAsyncDisposable
{
    public const string Samples = "sensors";
    public const string AlertTopic = "anomaly-alerts";
    public const string ScoreTopic = "anomaly-scores";
    public const string DeadLetterTopic = "dead-letters";

    public static IReadOnlyList<string> Topics { get; } = [Samples, AlertTopic, ScoreTopic, DeadLetterTopic];

    private readonly IFeed _feed;
    private readonly TimeProvider _clock;
    private readonly IQuickstartBroker _broker;
    private readonly DetectorService _service;
    private readonly ISink _topic;
    private readonly ISource _alertSource;
    private readonly long _started;
    private readonly CancellationTokenSource _stopFeed = new();
    private readonly CancellationTokenSource _stopAlerts = new();
    private readonly StageThread _feedThread;
    private readonly StageThread _alertThread;
    private volatile Exception? _fault;

    public QuickstartSession(IFeed feed, IQuickstartBroker broker, DetectorService service, TimeProvider clock)
    {
        _feed = feed;
        _broker = broker;
        _service = service;
        _clock = clock;
        _started = clock.GetTimestamp();
        _topic = SinkFactory.Create("feed", broker.Sink(Samples), NullLoggerFactory.Instance);
        _alertSource = SourceFactory.Create("alerts", broker.Source(AlertTopic, "quickstart-display"), NullLoggerFactory.Instance);
        _feedThread = new StageThread("feed", RunFeed, (_, error) => _fault = error);
        _alertThread = new StageThread("alert log", () => _alertSource.Run(Alerts, _stopAlerts.Token), (_, error) => _fault = error);
    }

    public AlertLog Alerts { get; } = new();

    public IEnumerable<SeriesState> Series => _service.Pipelines.SelectMany(pipeline => pipeline.Series);

    /// <summary>Real time since the start.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_started);

    private bool HasJudgedAll =>
        _service.MessagesRead >= _feed.Sent && Series.All(series => series.Slot.Phase != SlotPhase.Training && !series.IsHolding);

    public string Heading => $"{Elapsed:mm\\:ss}  broker {_broker.Address}  metrics {_service.MetricsUrl}";

    /// <summary>Whether the faults are injected ones.</summary>
    public bool IsSimulated => _feed is PlantFeed or ServiceFeed;

    /// <summary>Whether a part of it broke.</summary>
    public bool Failed => _fault is not null || _service.Fault is not null;

    public async Task StartAsync(CancellationToken stop)
    {
        await _service.StartAsync(stop).ConfigureAwait(false);
        _alertThread.Start();
        while (!_broker.KeepsMessages && !(_service.IsReady && _alertSource.IsReady) && !Failed)
            await Task.Delay(TimeSpan.FromMilliseconds(20), stop).ConfigureAwait(false);
        _feedThread.Start();
    }

    /// <summary>Waits until the feed has ended and all of it is judged, or a part broke, or <paramref name="stop"/>.</summary>
    public void Wait(CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50)))
        {
            if (Failed || (_feedThread.Join(TimeSpan.Zero) && HasJudgedAll))
                return;
        }
    }

    /// <summary>Ends feed, service and alert log in the order of the flow.</summary>
    public void Stop()
    {
        _stopFeed.Cancel();
        _feedThread.Join(TimeSpan.FromSeconds(5));
        _topic.Flush(TimeSpan.FromSeconds(5));
        _service.Stop();
        // The last alerts are on the topic now; the reader is at its end when it has nothing to say for a moment.
        int seen = -1;
        while (seen != Alerts.All.Count)
        {
            seen = Alerts.All.Count;
            _stopAlerts.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(300));
        }

        _stopAlerts.Cancel();
        _alertThread.Join(TimeSpan.FromSeconds(5));
    }

    /// <summary>What is known to have happened against what was alerted.</summary>
    public QuickstartSummary Summary() =>
        QuickstartSummary.Of(_feed.Events, [.. Alerts.All.Where(alert => alert is { Kind: AlertKind.Anomaly, State: AlertState.Firing })]);

    /// <summary>What was wrong with the data: the first alert of each.</summary>
    public IReadOnlyList<Alert> BadData => [.. Alerts.All.Where(alert => alert is { Kind: AlertKind.Quality, State: AlertState.Firing })];

    private void RunFeed() => _feed.Run(_topic, _stopFeed.Token);

    public async ValueTask DisposeAsync()
    {
        _topic.Dispose();
        _alertSource.Dispose();
        await _service.DisposeAsync().ConfigureAwait(false);
        _stopFeed.Dispose();
        _stopAlerts.Dispose();
    }
}
