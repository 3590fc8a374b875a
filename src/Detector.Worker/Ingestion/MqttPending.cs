using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using MQTTnet;

namespace Detector.Worker.Ingestion;

/// <summary>A message that was handed over and is not acknowledged. Lives on the source's thread.</summary>
/// <param name="number">Its ticket number in the order of coming.</param>
/// <param name="arguments">How it came; null for one that a former run has taken.</param>
internal sealed class MqttPending(long number, ulong content, MqttApplicationMessageReceivedEventArgs? arguments)
{
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    public long Number { get; } = number;

    /// <summary>Hash of topic and payload: after a restart it tells the message from another that has been given its identifier since.</summary>
    public ulong Content { get; } = content;

    /// <summary>How it came last; null when that connection is over.</summary>
    public MqttApplicationMessageReceivedEventArgs? Arguments { get; set; } = arguments;

    public bool IsFinished { get; set; }

    /// <summary>Whether a former run has taken it.</summary>
    public bool IsFormer { get; init; }

    /// <summary>FNV-1a over topic and payload, eight bytes at a time; what each multiplication carries upwards is brought down again.</summary>
    public static ulong Hash(MqttApplicationMessage message)
    {
        ReadOnlySequence<byte> payload = message.Payload;
        ulong hash = Add(Offset, MemoryMarshal.AsBytes(message.Topic.AsSpan()));
        return Add(hash, payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray());
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime, 31);
        foreach (byte value in bytes)
            hash = BitOperations.RotateLeft((hash ^ value) * Prime, 31);
        return hash;
    }
}
