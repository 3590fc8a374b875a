using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Logs;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Decoding;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Ingestion;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.Pipeline.History;
using Detector.Worker.Publishing;
using Detector.Worker.State;
using Detector.Worker.Web;

namespace Detector.Worker.Hosting;

/// <summary>The running service: everything that a configuration names, started and stopped in the order of the flow.</summary>
internal sealed class DetectorService : IReadiness, IAsyncDisposable
{
    private readonly DetectorOptions _options;
    private readonly ServiceContext _context;
    private readonly Dictionary<string, ISink> _sinks = new(StringComparer.Ordinal);
    private readonly List<ISource> _sources = [];
    private readonly List<PipelineRuntime> _pipelines = [];
    private readonly ConcurrentQueue<LogState> _logs = [];
    private readonly ConcurrentQueue<KafkaTransactions> _transactions = [];
    private readonly CancellationTokenSource _giveUp = new();
    private readonly AlertDesk _alerts;
    private readonly ArtifactStore _models;
    private readonly ModelBucket? _bucket;
    private readonly HistoryBudget? _history;
    private readonly FlowMetrics _metrics;
    private readonly DataFlow _flow;
    private readonly IDisposable _look;
    private readonly Checkpointing? _checkpoints;
    private HttpEndpoint? _http;
    private readonly TaskCompletionSource _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _stopped;

    /// <exception cref="ArgumentException">The device is not there, or does not compute in a pipeline's precision.</exception>
    public DetectorService(DetectorOptions options, string configHash, ServiceContext context)
    {
        _options = options;
        _context = context;
        ComputeDevice device = ComputeDevice.Select(options.Device);
        context.Log.Starting(BuildFacts.Version, BuildFacts.Packages, device.Name, ComputeDevice.DescribeBlas());
        context.Metrics.BuildInfo(BuildFacts.Version, device.Name, BuildFacts.Packages);

        _alerts = new AlertDesk(options, context);
        foreach ((string name, SinkOptions sink) in options.Sinks)
        {
            _sinks.Add(name, SinkFactory.Create(
                name, sink, context.Loggers, reason => context.Metrics.Sink(name).PublishError(reason), Path.Combine(_alerts.Directory, "sinks")));
        }

        _history = options.Http.Enabled ? new HistoryBudget(options.Http.History) : null;
        if (options.State.SnapshotInterval > TimeSpan.Zero)
        {
            string directory = StateOptions.Snapshots(options.State.Directory);
            IStateStore snapshots = options.State.Topic.Name is null
                ? new DirectoryStateStore(directory, context.Log.StateRefused)
                : new TopicStateStore(options.State.Topic, directory, context.Log.StateRefused);
            _checkpoints = new Checkpointing(
                snapshots, options.State.SnapshotInterval, context.Metrics.Checkpoints, context.Loggers.CreateLogger<Checkpointing>())
            {
                // A restart must not take an alert for open that the state knows to be over.
                BeforeSaving = () => _alerts.Alerts.Store(),
            };
        }

        _models = new ArtifactStore(options.State.ModelDirectory ?? StateOptions.Models(options.State.Directory));
        if (options.State.ModelBucket.Name is not null)
            _bucket = new ModelBucket(options.State.ModelBucket, _models, context.Loggers.CreateLogger<ModelBucket>(), context.Clock);
        foreach ((string name, PipelineOptions pipeline) in options.Pipelines)
            _pipelines.Add(CreatePipeline(name, pipeline, configHash, device));

        _metrics = new FlowMetrics(context.Metrics, _pipelines, options.Sources.Keys, context.Clock);
        var verdicts = new VerdictPublisher(context.Clock, _giveUp.Token) { Observer = _alerts.Alerts.Take, Orphans = new OrphanedAlerts(_alerts.Alerts.Open) };
        var training = new TrainingObserver(_metrics, context.Loggers.CreateLogger<TrainingObserver>());
        var parts = new List<SourcePart>();
        foreach ((string name, SourceOptions source) in options.Sources)
            parts.Add(CreateSource(name, source));
        int maxBatch = _pipelines.Count == 0 ? 1 : _pipelines.Max(pipeline => pipeline.Options.MaxBatch);
        _flow = new DataFlow(new FlowParts(parts, verdicts, training, _metrics, maxBatch, _checkpoints), OnFault);
        _look = _metrics.Watch(_flow, _sources);
    }

    public IReadOnlyList<PipelineRuntime> Pipelines => _pipelines;

    /// <summary>Where the page is served; null when it is not.</summary>
    public string? PageUrl => _http?.Url.ToString();

    /// <summary>Where metrics are served; null when they are not.</summary>
    public string? MetricsUrl => _http is null ? null : new Uri(_http.Url, "metrics").ToString();

    /// <summary>The bug that stopped a stage, null while all is well.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Ends, with the fault, when a stage has failed.</summary>
    public Task Faulted => _faulted.Task;

    /// <summary>Messages taken from all sources.</summary>
    public long MessagesRead => _metrics.MessagesRead;

    /// <summary>How long the present step of scoring has taken; zero between two steps.</summary>
    public TimeSpan ScoringFor => _metrics.ScoringFor;

    /// <summary>Whether every source has reached its end, which a broker's never does.</summary>
    public bool IsFinished => _flow.IsFinished;

    public bool IsReady => Missing.Count == 0;

    public IReadOnlyList<string> Missing =>
        [.. _sources.Where(source => !source.IsReady).Select(source => $"source '{source.Name}' is not connected yet")];

    /// <exception cref="IOException">The address of the HTTP endpoint cannot be bound.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        if (_options.Http.Enabled)
        {
            var services = new HttpServices(_context.Metrics, this) { Page = Page, Reload = _context.Reload };
            _http = await HttpEndpoint.StartAsync(_options.Http, services, _context.Logs, stop).ConfigureAwait(false);
        }

        foreach (PipelineRuntime pipeline in _pipelines)
            pipeline.LoadShared();
        _alerts.Resume(_sinks.Values);
        _flow.Start();
        if (MetricsUrl is { } url)
            _context.Log.Serving(url);
    }

    /// <summary>Finishes what is in flight, in the order of the flow, and stores how far the sources were read.</summary>
    /// <returns>Whether all of it was finished in time.</returns>
    public bool Stop()
    {
        if (_stopped)
            return true;
        _stopped = true;
        long started = _context.Clock.GetTimestamp();
        // Somewhat earlier: a stage that waits for a sink must have time to end.
        _giveUp.CancelAfter(_options.DrainTimeout * 0.8);
        bool drained = _flow.Drain(_options.DrainTimeout, _context.Clock);
        int undelivered = 0;
        foreach (ISink sink in _sinks.Values)
        {
            TimeSpan left = _options.DrainTimeout - _context.Clock.GetElapsedTime(started);
            undelivered += sink.Flush(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        foreach (ISource source in _sources)
            source.StoreFinished();
        foreach (LogState state in drained ? [.. _logs] : (LogState[])[])
            state.Save();
        _context.Log.Stopped(drained, undelivered, _context.Clock.GetElapsedTime(started).TotalSeconds);
        return drained && undelivered == 0;
    }

    private PageServices Page => new(
        _pipelines, _alerts.Alerts, _alerts.Desk, _alerts.Maintenance, _models, BuildFacts.Version, _context.Clock);

    private PipelineRuntime CreatePipeline(string name, PipelineOptions options, string configHash, ComputeDevice device)
    {
        if (device.Problem(Precisions.Parse(options.Model.Precision)) is { } problem)
            throw new ArgumentException($"{DetectorOptions.Section}:Pipelines:{name}:Model:Precision cannot be had: {problem}. Write float32, or bfloat16, which processors compute too.");
        var learner = new ModelLearner(name, ModelSettingsFactory.Create(options), options.Training.KeepVersions, _models, device, _context.Clock, _bucket) { WarmStarts = options.Training.Retrain.WarmStart };
        var sinks = new PipelineSinks(Named(options.Sinks), Named(options.ScoreSinks), Named(options.ThresholdSinks));
        return new PipelineRuntime(name, options, configHash, learner, sinks, _context.Metrics.Pipeline(name)) 
        {
            Refused = _context.Log.ArtifactRefused,
            Deciding = new DecidingContext(_alerts.Maintenance, _alerts.Feedback),
            History = _history,
            Spills = _checkpoints is not null,
            Counts = options.Sources.All(source => _options.Sources[source].Decode.Format == DecoderFactory.Logs),
        };
    }

    private List<ISink> Named(IEnumerable<string> names) => [.. names.Select(name => _sinks[name])];

    private SourcePart CreateSource(string name, SourceOptions options)
    {
        ISource source = SourceFactory.Create(name, options, _context.Loggers, _options.State.Directory, transactional: IsTransactional(name, options));
        _sources.Add(source);
        if (_options.Feedback.Sources.Contains(name))
            return SourcePart.Of(source, new FeedbackMessages(_alerts.Desk, _context.Log.FeedbackRefused));
        PipelineRuntime[] pipelines = [.. _pipelines.Where(pipeline => pipeline.Options.Sources.Contains(name))];
        ISink? deadLetters = options.DeadLetter is null ? null : _sinks[options.DeadLetter];
        return new SourcePart(source, (pool, queue, requestTraining) => new SourceLane(
            CreateDecoder(name, options, pipelines), pipelines, pool, queue, requestTraining, _metrics.Lane(name),
            new DeadLetterPublisher(name, deadLetters, _context.Loggers.CreateLogger<DeadLetterPublisher>(), _metrics.Lane(name), _context.Clock, _giveUp.Token),
            _context.Clock, Checkpoints(source)));
    }

    private LaneCheckpoints? Checkpoints(ISource source) => _checkpoints is null
        ? null
        : new LaneCheckpoints(_checkpoints, source.Name, _context.Loggers.CreateLogger<Checkpointing>(), _options.State.MaxSpilledSeries, Transactions(source));

    private bool IsTransactional(string source, SourceOptions options) =>
        _options.Delivery == DetectorOptions.ExactlyOnce && options.Type == SourceFactory.Kafka && TransactionSink is not null && !_options.Feedback.Sources.Contains(source);

    private SinkOptions? TransactionSink => _options.Sinks.Values.FirstOrDefault(sink => sink.Type == SinkFactory.Kafka);

    /// <summary>None where outputs are published as they come.</summary>
    private KafkaTransactions? Transactions(ISource source)
    {
        if (source is not KafkaSource kafka || TransactionSink is not { } sink || !IsTransactional(source.Name, _options.Sources[source.Name]))
            return null;
        byte[] place = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(_options.State.Directory)));
        string worker = $"{Environment.MachineName}-{Convert.ToHexStringLower(place)[..8]}";
        var transactions = new KafkaTransactions(
            source.Name, KafkaTransactions.Settings(sink, source.Name, worker), kafka, _context.Loggers.CreateLogger<KafkaTransactions>(),
            (name, reason) => _context.Metrics.Sink(name).PublishError(reason));
        _transactions.Enqueue(transactions);
        return transactions;
    }

    private IDecoder CreateDecoder(string name, SourceOptions options, PipelineRuntime[] pipelines)
    {
        IDecoder decoder = SourceDecoder.Create(options, _context.Clock);
        if (decoder is not LogDecoder logs)
            return decoder;
        // What can be read on from a position has its state in the snapshots.
        if (!options.KeepsPosition)
            logs.Divided = own => KeepLearned(name, own);
        if (options.Decode.Logs.Templates is { } sink)
            logs.Found = (template, receipt) => Publish(name, template, _sinks[sink], receipt);
        logs.Metrics = _context.Metrics.Logs(name);
        foreach (PipelineRuntime pipeline in pipelines)
            pipeline.Notes.Add(logs.Notes);
        return decoder;
    }

    private void Publish(string source, LogTemplate template, ISink sink, Receipt receipt)
    {
        if (receipt.IsReplay)
            return;
        receipt.Retain();
        sink.Publish(TemplateWriter.Write(source, template.Id, template.Text, template.Count, SafeText.Of(template.Example.Span), receipt), _giveUp.Token);
    }

    private void KeepLearned(string source, LogDecoder decoder)
    {
        var state = new LogState(source, decoder, _options.State.Directory, _context.Log);
        state.Load();
        _logs.Enqueue(state);
        decoder.Learned = state.Save;
    }

    private void OnFault(string stage, Exception error)
    {
        _context.Log.StageFailed(error, stage);
        Fault ??= error;
        _faulted.TrySetException(error);
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (_http is not null)
            await _http.DisposeAsync().ConfigureAwait(false);
        _look.Dispose();
        foreach (ISource source in _sources)
            source.Dispose();
        foreach (ISink sink in _sinks.Values)
            sink.Dispose();
        _alerts.Dispose();
        _flow.Dispose();
        _checkpoints?.Dispose();
        foreach (KafkaTransactions transactions in _transactions)
            transactions.Dispose();
        _bucket?.Dispose();
        _giveUp.Dispose();
    }
}
