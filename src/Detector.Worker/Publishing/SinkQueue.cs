using System.Threading.Channels;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>
/// Records that wait for the task of a sink: in order, bounded, and counted until each is done with. Whoever publishes waits for room. Thread-safe;
/// one task takes.
/// </summary>
/// <param name="capacity">Records that may wait or be on their way.</param>
internal sealed class SinkQueue(int capacity, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    private readonly Channel<OutboundRecord> _records = Channel.CreateUnbounded<OutboundRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(capacity);
    private readonly CancellationTokenSource _stopped = new();
    private int _unfinished;

    /// <summary>Where the sink's task takes records from.</summary>
    public ChannelReader<OutboundRecord> Records => _records.Reader;

    /// <summary>Cancelled once the sink is disposed of.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Adds a record, waiting for room until <paramref name="stop"/>.</summary>
    public void Add(in OutboundRecord record, CancellationToken stop)
    {
        Interlocked.Increment(ref _unfinished);
        try
        {
            _room.Wait(stop);
        }
        catch (OperationCanceledException)
        {
            return; // Given up: the receipt is kept, and the message is read again after the restart.
        }

        _records.Writer.TryWrite(record);
    }

    /// <summary>A record is safe: its receipt is released.</summary>
    public void Finish(in OutboundRecord record)
    {
        record.Receipt.Release();
        Interlocked.Decrement(ref _unfinished);
    }

    /// <summary>Another record may wait.</summary>
    public void MakeRoom() => _room.Release();

    /// <summary>Waits until all records are finished and <paramref name="behind"/>, what waits elsewhere, is 0.</summary>
    /// <returns>Records that are not finished.</returns>
    public int Flush(TimeSpan timeout, Func<int>? behind = null)
    {
        long started = clock.GetTimestamp();
        while (Volatile.Read(ref _unfinished) + (behind?.Invoke() ?? 0) > 0 && clock.GetElapsedTime(started) < timeout && !_stopped.IsCancellationRequested)
            _stopped.Token.WaitHandle.WaitOne(s_look);
        return Volatile.Read(ref _unfinished);
    }

    /// <summary>Ends the sink's task; what it has not finished keeps its receipts. False when it was stopped before.</summary>
    public bool Stop()
    {
        if (_stopped.IsCancellationRequested)
            return false;
        _stopped.Cancel();
        return true;
    }

    /// <summary>As <see cref="Stop"/>. Whoever still waits for room looks at the rest, which is left to the collector.</summary>
    public void Dispose() => Stop();
}
