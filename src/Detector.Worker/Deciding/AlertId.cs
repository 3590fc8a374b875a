using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Names an episode by what it is, so that a replay finds the same name.</summary>
internal static class AlertId
{
    /// <summary>First 128 bits of SHA-256 over pipeline, series and start, in hexadecimal; of a quality alert also over reason and first feature.</summary>
    public static string Create(string pipeline, string series, long startedTicks, QualityReason? reason = null, string? feature = null) =>
        Hash(pipeline, series, startedTicks, reason is null ? [] : [(byte)reason, .. Encoding.UTF8.GetBytes(feature ?? "")]);

    /// <summary>The same of a drift, also over its reason.</summary>
    public static string Create(string pipeline, string series, long startedTicks, DriftReason reason) =>
        Hash(pipeline, series, startedTicks, [(byte)(128 + (int)reason)]);

    private static string Hash(string pipeline, string series, long startedTicks, ReadOnlySpan<byte> rest)
    {
        Span<byte> ticks = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(ticks, startedTicks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(pipeline));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(series));
        hash.AppendData([0]);
        hash.AppendData(ticks);
        hash.AppendData(rest);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
