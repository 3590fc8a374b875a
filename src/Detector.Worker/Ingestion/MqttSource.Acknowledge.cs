using System.Collections.Concurrent;
using Detector.Worker.Contracts;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Detector.Worker.Ingestion;

// What was read and is not acknowledged. A broker that has kept the session sends it again after each connection, under the same identifiers.
internal sealed partial class MqttSource
{
    /// <summary>In the order of their coming, as they must be acknowledged.</summary>
    private readonly Queue<MqttPending> _unfinished = [];

    /// <summary>Unacknowledged messages of the session, finished or not, by packet identifier.</summary>
    private readonly Dictionary<ushort, MqttPending> _unacknowledged = [];
    /// <summary>Whether the broker had kept the session, by the number of the connection.</summary>
    private readonly ConcurrentDictionary<int, bool> _kept = [];
    private volatile bool _subscribed;
    private int _epoch;

    public void StoreFinished()
    {
        if (!_ledger.TryTakeFinished(out long next))
            return;
        while (_unfinished.TryPeek(out MqttPending? pending) && pending.Number < next)
        {
            _unfinished.Dequeue();
            pending.IsFinished = true;
            Acknowledge(pending);
        }
    }

    /// <summary>Takes up where a former run stood.</summary>
    private void Resume(in ResumePoint point)
    {
        _sequence = _handedOver = point.Position;
        using var reader = new BinaryReader(new MemoryStream(point.SourceState));
        for (int left = reader.ReadInt32(); left > 0; left--)
            _unacknowledged[reader.ReadUInt16()] = new MqttPending(-1, reader.ReadUInt64(), null) { IsFinished = true, IsFormer = true };
    }

    /// <summary>Writes which messages may come again although they are part of the state: one that is just being handed over is not.</summary>
    private void SaveUnacknowledged(BinaryWriter writer)
    {
        writer.Write(_unacknowledged.Values.Count(pending => pending.Number < _handedOver));
        foreach ((ushort identifier, MqttPending pending) in _unacknowledged)
        {
            if (pending.Number >= _handedOver)
                continue;
            writer.Write(identifier);
            writer.Write(pending.Content);
        }
    }

    private void Begin(long number, MqttApplicationMessageReceivedEventArgs arguments)
    {
        // Nobody waits for the acknowledgement of QoS 0.
        if (arguments.PacketIdentifier == 0)
            return;
        var pending = new MqttPending(number, MqttPending.Hash(arguments.ApplicationMessage), arguments);
        _unfinished.Enqueue(pending);
        _unacknowledged[arguments.PacketIdentifier] = pending;
    }

    /// <summary>
    /// Whether the message is on its way already. An identifier is free for another message only when we have acknowledged the one before, so the
    /// same session with the same unacknowledged identifier is the same message: it is not processed twice, and acknowledged on the new connection.
    /// </summary>
    private bool IsKnown(MqttApplicationMessageReceivedEventArgs arguments)
    {
        if (!_unacknowledged.TryGetValue(arguments.PacketIdentifier, out MqttPending? pending))
            return false;
        // Of a former run it is not known whether its last acknowledgements arrived: then the identifier may be another message's.
        if (pending.IsFormer && (!arguments.ApplicationMessage.Dup || pending.Content != MqttPending.Hash(arguments.ApplicationMessage)))
        {
            _unacknowledged.Remove(arguments.PacketIdentifier);
            return false;
        }

        pending.Arguments = arguments;
        if (pending.IsFinished)
            Acknowledge(pending);
        return true;
    }

    /// <summary>Goes on to the messages of another connection; false while it is not known whether the broker has kept the session.</summary>
    private bool TryBeginEpoch(int epoch)
    {
        if (!_kept.ContainsKey(epoch))
            return false;
        bool kept = true;
        while (_epoch < epoch)
            kept &= !_kept.TryRemove(++_epoch, out bool sessionPresent) || sessionPresent;
        foreach (MqttPending pending in _unacknowledged.Values)
            pending.Arguments = null;
        if (!kept)
            _unacknowledged.Clear();
        return true;
    }

    private void Acknowledge(MqttPending pending)
    {
        // Of an earlier connection: the broker sends it again, and is answered then.
        if (pending.Arguments is not { PacketIdentifier: > 0 } arguments || _epoch != _link.Epoch || !_link.Client.IsConnected)
            return;
        _unacknowledged.Remove(arguments.PacketIdentifier);
        Task sent;
        try
        {
            sent = arguments.AcknowledgeAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is MqttCommunicationException or ObjectDisposedException)
        {
            return; // Lost in this moment; after the next connection it comes again.
        }

        if (!sent.IsCompletedSuccessfully)
            _ = ObserveAsync(sent);
    }

    private static async Task ObserveAsync(Task sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException or ObjectDisposedException or NullReferenceException)
        {
            // As above: the link notices, and the message comes again.
        }
    }
}
