using System.Diagnostics.CodeAnalysis;
using Detector.Worker.Scoring;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The threads and queues between sources and sinks: one thread a source (decode, window), one for scoring, one for verdicts and publishing, one
/// for training. Started in reverse order of the flow and drained in its order.
/// </summary>
internal sealed class DataFlow : IDisposable
{
    private const int QueuedBatches = 8;
    private readonly CancellationTokenSource _stopSources = new();
    private readonly CancellationTokenSource _stopTraining = new();
    private readonly BatchPool _pool;
    private readonly BoundedQueue<PipelineBatch> _scoring = new("scoring", QueuedBatches);
    private readonly BoundedQueue<PipelineBatch> _deciding = new("deciding", QueuedBatches);
    private readonly FlowParts _parts;
    private readonly Action<string, Exception> _tellFault;
    private readonly TrainingStage _training;
    private readonly List<StageThread> _sourceThreads = [];
    private readonly StageThread _scoringThread;
    private readonly StageThread _decidingThread;
    private readonly StageThread _trainingThread;
    private int _running;

    /// <param name="parts">What the flow connects.</param>
    /// <param name="fault">Told of a stage that failed; the service is to stop.</param>
    public DataFlow(FlowParts parts, Action<string, Exception> fault)
    {
        _parts = parts;
        _tellFault = fault;
        _running = parts.Sources.Count;
        _pool = new BatchPool(parts.MaxBatch);
        _training = new TrainingStage(parts.Training, parts.Checkpoints is { } checkpoints ? checkpoints.SaveAll : null, _stopTraining.Token, parts.Budget);
        _trainingThread = new StageThread("training", _training.Run, OnFault);
        _decidingThread = new StageThread("deciding", RunDeciding, OnFault);
        _scoringThread = new StageThread("scoring", RunScoring, OnFault);
    }

    /// <summary>The queues, for their lengths.</summary>
    public IReadOnlyList<BoundedQueue<PipelineBatch>> Queues => [_scoring, _deciding];

    /// <summary>Whether no stage runs any more.</summary>
    public bool IsStill => _sourceThreads.TrueForAll(thread => thread.IsIdle) && _scoringThread.IsIdle && _decidingThread.IsIdle && _trainingThread.IsIdle;

    /// <summary>Whether every source has reached its end.</summary>
    public bool IsFinished => Volatile.Read(ref _running) == 0;

    public void Start()
    {
        _trainingThread.Start();
        _decidingThread.Start();
        _scoringThread.Start();
        foreach (SourcePart part in _parts.Sources)
        {
            var thread = new StageThread($"source {part.Source.Name}", () => RunSource(part), OnFault);
            _sourceThreads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>
    /// Stops the sources, then lets every stage finish what it has, in the order of the flow. Samples that wait for a model in training are
    /// not waited for: their messages stay unfinished and are read again.
    /// </summary>
    /// <returns>Whether everything ended in time.</returns>
    public bool Drain(TimeSpan timeout, TimeProvider clock)
    {
        long started = clock.GetTimestamp();
        TimeSpan Left()
        {
            TimeSpan left = timeout - clock.GetElapsedTime(started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        _stopSources.Cancel();
        bool ended = true;
        foreach (StageThread thread in _sourceThreads)
            ended &= thread.Join(Left());
        _stopTraining.Cancel();
        _scoring.Complete();
        ended &= _scoringThread.Join(Left());
        _deciding.Complete();
        ended &= _decidingThread.Join(Left());
        ended &= _trainingThread.Join(Left());
        Abandon();
        return ended;
    }

    private void RunSource(SourcePart part)
    {
        try
        {
            if (part.Receiver is { } receiver)
            {
                part.Source.Run(receiver, _stopSources.Token);
                return;
            }

            SourceLane lane = part.CreateLane(_pool, _scoring, _training.Request);
            part.Source.Run(lane, _stopSources.Token);
            if (!_stopSources.IsCancellationRequested)
            {
                lane.EndOfInput();
                while (lane.IsHolding && !_stopSources.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(2)))
                    lane.Idle();
            }

            lane.Flush();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private void RunScoring()
    {
        using var scorer = new BatchScorer();
        Action<WindowBatch> score = scorer.Score;
        var share = new CheckpointShare(CheckpointStage.Scoring, _parts.Checkpoints?.Metrics);
        while (Take(_scoring, share, out PipelineBatch? batch))
        {
            share.BeforeChange(batch);
            batch.EnterScoring();
            _parts.Timing.Scoring(batch, score);
            if (batch.Closes is { } checkpoint)
                share.Begin(checkpoint);
            if (!_deciding.Add(batch))
                return;
        }
    }

    private void RunDeciding()
    {
        var stage = new VerdictStage(_parts.Verdicts, _parts.Checkpoints?.Metrics, _training);
        Action<PipelineBatch> judge = stage.Judge;
        while (Take(_deciding, stage.Share, out PipelineBatch? batch))
        {
            _parts.Timing.Deciding(batch, judge);
            _pool.Return(batch);
        }
    }

    /// <summary>Takes the next batch; between two batches, and while there is none, a few series are saved.</summary>
    private static bool Take(BoundedQueue<PipelineBatch> queue, CheckpointShare share, [NotNullWhen(true)] out PipelineBatch? batch)
    {
        while (share.IsBusy)
        {
            share.Advance();
            if (queue.TryTakeNow(out batch))
                return true;
        }

        return queue.TryTake(out batch);
    }

    /// <summary>One stage failed: the others end as well, since what they wait for will not come. What is in flight stays unfinished.</summary>
    private void OnFault(string stage, Exception error)
    {
        Abandon();
        _tellFault(stage, error);
    }

    private void Abandon()
    {
        _stopSources.Cancel();
        _stopTraining.Cancel();
        _scoring.Abandon();
        _deciding.Abandon();
    }

    public void Dispose()
    {
        Abandon();
        // A stage that did not end in time may still look at these; then they are left to the collector.
        if (!IsStill)
            return;
        _training.Dispose();
        _stopSources.Dispose();
        _stopTraining.Dispose();
    }
}
