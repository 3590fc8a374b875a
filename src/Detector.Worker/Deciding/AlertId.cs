using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Worker.Deciding;

/// <summary>Names an episode by what it is, so that a replay finds the same name.</summary>
internal static class AlertId
{
    /// <summary>First 128 bits of SHA-256 over pipeline, series and start, in hexadecimal.</summary>
    public static string Create(string pipeline, string series, long startedTicks)
    {
        Span<byte> ticks = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(ticks, startedTicks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(pipeline));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(series));
        hash.AppendData([0]);
        hash.AppendData(ticks);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
