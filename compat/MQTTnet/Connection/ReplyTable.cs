using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Connection;

/// <summary>Who waits for which packet. Thread-safe.</summary>
internal sealed class ReplyTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(MqttControlPacketType, ushort), TaskCompletionSource<MqttPacket>> _waiting = [];
    private Exception _closed;

    /// <summary>Waits for the packet from now on; two who wait for the same one both get it.</summary>
    public Task<MqttPacket> Expect(MqttControlPacketType type, ushort identifier)
    {
        lock (_gate)
        {
            if (_closed is not null)
                return Task.FromException<MqttPacket>(_closed);
            if (!_waiting.TryGetValue((type, identifier), out TaskCompletionSource<MqttPacket> reply))
                _waiting.Add((type, identifier), reply = new TaskCompletionSource<MqttPacket>(TaskCreationOptions.RunContinuationsAsynchronously));
            return reply.Task;
        }
    }

    public void Forget(MqttControlPacketType type, ushort identifier)
    {
        lock (_gate)
            _waiting.Remove((type, identifier));
    }

    /// <summary>False when nobody waits for the packet.</summary>
    public bool TryDispatch(MqttPacket packet)
    {
        TaskCompletionSource<MqttPacket> reply;
        lock (_gate)
        {
            if (!_waiting.Remove((packet.Type, packet.PacketIdentifier), out reply))
                return false;
        }

        return reply.TrySetResult(packet);
    }

    /// <summary>Fails everyone who waits now.</summary>
    public void FailAll(Exception error)
    {
        TaskCompletionSource<MqttPacket>[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource<MqttPacket> reply in waiting)
        {
            reply.TrySetException(error);
            _ = reply.Task.Exception; // A caller that gave up is not there to see it.
        }
    }

    /// <summary>Fails everyone who waits, now and later.</summary>
    public void Close(Exception error)
    {
        lock (_gate)
            _closed ??= error;
        FailAll(error);
    }

    /// <exception cref="MqttCommunicationTimedOutException">The token ended the wait.</exception>
    public async Task<MqttPacket> WaitAsync(Task<MqttPacket> reply, MqttControlPacketType type, ushort identifier, CancellationToken cancellationToken)
    {
        try
        {
            return await reply.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(type, identifier);
            throw new MqttCommunicationTimedOutException();
        }
    }
}
