using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet.Connection;

/// <summary>
/// Sends packets in the order of the calls. What is sent while the stream is busy gathers, and goes out in one write when it is free.
/// </summary>
internal sealed class PacketSender(Stream stream, MqttProtocolVersion version)
{
    private const int KeptBytes = 256 * 1024;
    private readonly Lock _gate = new();
    private readonly PacketEncoder _encoder = new(version);
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _writing = new(4096);
    private TaskCompletionSource _next = NewWrite();
    private bool _busy;

    /// <summary>Ends when the bytes of the packet have been handed to the operating system.</summary>
    /// <exception cref="MqttCommunicationException">The connection is broken or closed.</exception>
    public Task SendAsync(MqttPacket packet)
    {
        lock (_gate)
        {
            _encoder.Encode(packet, _gathering);
            if (_busy)
                return _next.Task;
            _busy = true;
        }

        return WriteAsync();
    }

    /// <summary>Writes until nothing is left; the task is that of the first write.</summary>
    private Task WriteAsync()
    {
        ArrayBufferWriter<byte> bytes = Take(out TaskCompletionSource done);
        Task write = WriteOnceAsync(bytes);
        if (write.IsCompletedSuccessfully)
        {
            // Another caller's packet may have gone out with this one.
            done.TrySetResult();
            if (TryRest())
                return Task.CompletedTask;
        }

        _ = WriteRestAsync(write, done);
        return done.Task;
    }

    private async Task WriteRestAsync(Task write, TaskCompletionSource done)
    {
        while (true)
        {
            try
            {
                await write.ConfigureAwait(false);
                done.TrySetResult();
            }
            catch (Exception error)
            {
                done.TrySetException(error);
                _ = done.Task.Exception; // Who does not await a send learns from the receiving side.
            }

            if (TryRest())
                return;
            ArrayBufferWriter<byte> bytes = Take(out done);
            write = WriteOnceAsync(bytes);
        }
    }

    private ArrayBufferWriter<byte> Take(out TaskCompletionSource done)
    {
        lock (_gate)
        {
            done = _next;
            _next = NewWrite();
            (_gathering, _writing) = (_writing.Capacity <= KeptBytes ? _writing : new ArrayBufferWriter<byte>(4096), _gathering);
            _gathering.ResetWrittenCount();
            return _writing;
        }
    }

    /// <summary>True, and idle from here on, if nothing has gathered.</summary>
    private bool TryRest()
    {
        lock (_gate)
        {
            if (_gathering.WrittenCount > 0)
                return false;
            _busy = false;
            return true;
        }
    }

    private async Task WriteOnceAsync(ArrayBufferWriter<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes.WrittenMemory).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            throw new MqttCommunicationException("The TCP connection is closed.");
        }
        catch (Exception error)
        {
            throw Failure.Of(error);
        }
    }

    private static TaskCompletionSource NewWrite() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
