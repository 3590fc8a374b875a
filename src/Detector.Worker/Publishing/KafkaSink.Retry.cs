using Confluent.Kafka;

namespace Detector.Worker.Publishing;

// What failed for a reason that may pass: it waits here, in order, and is produced again after a pause that doubles.
internal sealed partial class KafkaSink
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly SortedList<long, Delivery> _failed = [];
    private bool _retrying;
    private bool _fatal;

    /// <summary>Lets a new record go only when none before it waits for another attempt.</summary>
    /// <returns>False when the wait was given up.</returns>
    private bool WaitForRetries(CancellationToken stop)
    {
        while (Volatile.Read(ref _retrying))
        {
            if (stop.WaitHandle.WaitOne(s_queueFullPause))
                return false;
        }

        return true;
    }

    private void Retry(Delivery delivery, Error error)
    {
        delivery.Failures++;
        lock (_gate)
        {
            _failed.Add(delivery.Number, delivery);
            if (_retrying || _disposed.IsCancellationRequested)
                return;
            _retrying = true;
        }

        TimeSpan pause = Pause(delivery.Failures);
        _log.SinkRetries(Name, _topic, error.Reason, pause.TotalSeconds);
        _ = RetryAsync(pause);
    }

    /// <summary>Told of a client's own errors; after a fatal one it takes nothing any more. What it refuses from then on does not say why.</summary>
    private void OnClientError(IProducer<byte[], byte[]> producer, Error error)
    {
        _log.SinkError(Name, error.Reason, error.IsFatal);
        if (error.IsFatal && ReferenceEquals(producer, Volatile.Read(ref _producer)))
            Volatile.Write(ref _fatal, true);
    }

    private async Task RetryAsync(TimeSpan pause)
    {
        try
        {
            while (true)
            {
                await Task.Delay(pause, _clock, _disposed.Token).ConfigureAwait(false);
                if (Volatile.Read(ref _fatal))
                    Renew();
                Delivery[] again = TakeFailed();
                if (again.Length == 0)
                    return;
                foreach (Delivery delivery in again)
                    Produce(delivery, _disposed.Token);
                pause = Pause(again.Max(delivery => delivery.Failures));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException && _disposed.IsCancellationRequested)
        {
            // The service stops: the receipts stay unreleased, and the messages are read again after the restart.
        }
    }

    private Delivery[] TakeFailed()
    {
        lock (_gate)
        {
            Delivery[] again = [.. _failed.Values];
            _failed.Clear();
            if (again.Length == 0)
                _retrying = false;
            return again;
        }
    }

    /// <summary>Replaces the client. What the old one still holds it reports as failed, and it comes here.</summary>
    private void Renew()
    {
        IProducer<byte[], byte[]> old = _producer;
        Volatile.Write(ref _fatal, false);
        Volatile.Write(ref _producer, Build());
        old.Flush(s_longestPause);
        EndAcquaintance();
        old.Dispose();
    }

    private static TimeSpan Pause(int failures)
    {
        TimeSpan pause = s_firstPause * Math.Pow(2, Math.Min(failures - 1, 10));
#pragma warning disable CA5394 // Jitter, not a secret.
        return (pause < s_longestPause ? pause : s_longestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
