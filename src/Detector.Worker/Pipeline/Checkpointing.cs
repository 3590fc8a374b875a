using System.Collections.Concurrent;
using Detector.Worker.State;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>Takes whole checkpoints from the lanes and writes them, one after the other, on a thread of its own. Thread-safe.</summary>
internal sealed partial class Checkpointing : IDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private readonly BlockingCollection<Checkpoint> _whole = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<object, long> _answered = [];
    private readonly IStateStore _store;
    private readonly CheckpointMetrics _metrics;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private long _requests;

    /// <param name="interval">Time between two checkpoints.</param>
    public Checkpointing(IStateStore store, TimeSpan interval, CheckpointMetrics metrics, ILogger log)
    {
        _store = store;
        Interval = interval;
        _metrics = metrics;
        _log = log;
        _thread = new Thread(Run) { Name = "checkpoints", IsBackground = true };
        _thread.Start();
    }

    public TimeSpan Interval { get; }

    /// <summary>
    /// Called before each checkpoint is written, on its thread: what must not be older than the state is stored here. An <see cref="IOException"/>
    /// has it tried again, and the state waits.
    /// </summary>
    public Action? BeforeSaving { get; init; }

    public CheckpointMetrics Metrics => _metrics;

    /// <summary>The newest request for a checkpoint.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Finds the state of a partition.</summary>
    public IPartitionState Open(string source, string partition, long? committed) => _store.Open(source, partition, committed);

    /// <summary>A lane takes part from now on.</summary>
    public void Join(object lane) => _answered[lane] = 0;

    /// <summary>Everything that a lane had when this was requested is saved.</summary>
    public void Answer(object lane, long request) => _answered[lane] = request;

    /// <summary>A lane has nothing more to save.</summary>
    public void Leave(object lane) => _answered.TryRemove(lane, out _);

    /// <summary>Takes a checkpoint that is whole.</summary>
    public void Add(Checkpoint checkpoint)
    {
        try
        {
            _whole.Add(checkpoint);
        }
        catch (InvalidOperationException)
        {
            // The service has ended: what is not saved is read again.
        }
    }

    /// <summary>Has every lane save what it has, and waits until that is done.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public void SaveAll(CancellationToken cancel)
    {
        long request = Interlocked.Increment(ref _requests);
        while (_answered.Values.Any(answered => answered < request))
        {
            cancel.ThrowIfCancellationRequested();
            cancel.WaitHandle.WaitOne(1);
        }
    }

    private void Run()
    {
        try
        {
            foreach (Checkpoint checkpoint in _whole.GetConsumingEnumerable(_stop.Token))
                Save(checkpoint);
        }
        catch (OperationCanceledException)
        {
            // What is not written is read again after the restart.
        }
    }

    public void Dispose()
    {
        _whole.CompleteAdding();
        if (!_thread.Join(TimeSpan.FromSeconds(2)))
        {
            _stop.Cancel();
            _thread.Join();
        }

        _store.Dispose();
        _stop.Dispose();
        _whole.Dispose();
    }
}
