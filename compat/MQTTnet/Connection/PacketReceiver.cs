using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet.Connection;

/// <summary>Cuts what comes from the server into packets, in one buffer that is reused.</summary>
internal sealed class PacketReceiver(Stream stream, MqttProtocolVersion version)
{
    private const int BufferBytes = 32 * 1024;
    private readonly PacketDecoder _decoder = new(version);
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    /// <summary>The next packet; null when the server has closed the connection.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="MqttProtocolViolationException">What came is no packet.</exception>
    public async ValueTask<MqttPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        int header, length;
        while (!TryReadHeader(out header, out length) || _end - _start < header + length)
        {
            MakeRoom(header + length);
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return null;
            _end += read;
        }

        MqttPacket packet = _decoder.Decode(_buffer[_start], _buffer.AsSpan(_start + header, length));
        _start += header + length;
        return packet;
    }

    /// <summary>Finds how long the header and the rest of the packet are; false while the header itself is not all there.</summary>
    private bool TryReadHeader(out int header, out int length)
    {
        length = 0;
        for (header = 1; _start + header < _end; header++)
        {
            byte part = _buffer[_start + header];
            length |= (part & 0x7F) << (7 * (header - 1));
            if (part < 0x80)
            {
                header++;
                return true;
            }

            if (header == 4)
                throw new MqttProtocolViolationException("Remaining length is invalid.");
        }

        header = length = 0;
        return false;
    }

    /// <summary>Moves what is there to the front, and makes the buffer as large as the packet, or small again after a large one.</summary>
    private void MakeRoom(int needed)
    {
        int size = Math.Max(BufferBytes, needed);
        byte[] target = size > _buffer.Length || size < _buffer.Length / 4 ? new byte[Math.Max(size, _end - _start)] : _buffer;
        if (target == _buffer && _start == 0)
            return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}
