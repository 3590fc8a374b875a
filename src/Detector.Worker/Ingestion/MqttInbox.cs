using System.Collections.Concurrent;
using MQTTnet.Protocol;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Messages on their way from the client's thread to the source's. Of QoS 1 and 2 the broker sends no more than the receive maximum; of QoS 0 no
/// more than <paramref name="capacity"/> messages and 64 MiB are kept, and the rest is refused.
/// </summary>
internal sealed class MqttInbox(int capacity) : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private readonly ConcurrentQueue<MqttArrival> _arrivals = [];
    private readonly AutoResetEvent _arrived = new(false);
    private int _count;
    private long _bytes;
    private int _refused;
    private volatile bool _waiting;
    private volatile bool _closed;

    /// <summary>Called on the client's thread; never waits.</summary>
    public void Add(in MqttArrival arrival)
    {
        // What comes after the end stays unacknowledged, and comes again.
        if (_closed)
            return;
        long bytes = arrival.Arguments.ApplicationMessage.Payload.Length;
        if (arrival.Arguments.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce
            && (Volatile.Read(ref _count) >= capacity || Interlocked.Read(ref _bytes) + bytes > MaxBytes))
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, bytes);
        _arrivals.Enqueue(arrival);
        if (_waiting)
            _arrived.Set();
    }

    public bool TryTake(out MqttArrival arrival)
    {
        if (!_arrivals.TryDequeue(out arrival))
            return false;
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -arrival.Arguments.ApplicationMessage.Payload.Length);
        return true;
    }

    /// <summary>Waits for a message, for so long at most.</summary>
    public void Wait(TimeSpan time)
    {
        _waiting = true;
        if (_arrivals.IsEmpty)
            _arrived.WaitOne(time);
        _waiting = false;
    }

    /// <summary>Messages refused since the last call.</summary>
    public int TakeRefused() => Volatile.Read(ref _refused) == 0 ? 0 : Interlocked.Exchange(ref _refused, 0);

    public void Close() => _closed = true;

    public void Dispose() => _arrived.Dispose();
}
