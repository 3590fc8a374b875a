using System.Numerics;
using System.Runtime.InteropServices;

namespace Detector.Models.Logs;

/// <summary>A 64-bit hash that is the same in every process and on every machine, so that template ids are. Multiply and rotate, eight bytes at a time.</summary>
internal static class StableHash
{
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong Factor = 0xD6E8FEB86659FD93;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Seed ^ ((ulong)bytes.Length * Factor);
        while (bytes.Length >= 8)
        {
            hash = Mix(hash, BitConverter.IsLittleEndian ? MemoryMarshal.Read<ulong>(bytes) : BinaryOrder(bytes));
            bytes = bytes[8..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
            rest |= (ulong)bytes[i] << (8 * i);
        return Finish(Mix(hash, rest));
    }

    /// <summary>Takes another value into a hash: the order counts.</summary>
    public static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * Factor, 29) * Seed;

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= Factor;
        return hash ^ (hash >> 29);
    }

    private static ulong BinaryOrder(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
