namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>
/// Looks over the fields of a payload and of its metrics before protobuf reads them: each must end where its message does, or before. Google.Protobuf 3.25 adds
/// a nested length to its position unchecked; one near 2^31 overflows, and a message of sixty bytes then makes it allocate hundreds of megabytes.
/// </summary>
internal static class WireLengths
{
    private const ulong MetricTag = (2 << 3) | 2;

    /// <summary>Whether every field of a payload fits into it.</summary>
    public static bool Fit(ReadOnlySpan<byte> payload) => Fit(payload, intoMetrics: true);

    private static bool Fit(ReadOnlySpan<byte> message, bool intoMetrics)
    {
        while (!message.IsEmpty)
        {
            if (!TryVarint(ref message, out ulong tag) || !TryLength(ref message, (int)(tag & 7), out int length) || length > message.Length)
                return false;
            if (intoMetrics && tag == MetricTag && !Fit(message[..length], intoMetrics: false))
                return false;
            message = message[length..];
        }

        return true;
    }

    /// <summary>Bytes of a field's content, as far as they are not read here. Groups are marks before and after fields, and have none.</summary>
    private static bool TryLength(ref ReadOnlySpan<byte> message, int wireType, out int length)
    {
        length = wireType switch
        {
            1 => 8,
            5 => 4,
            _ => 0,
        };
        if (wireType is 0 or 2 && TryVarint(ref message, out ulong value))
        {
            bool fits = wireType == 0 || value <= int.MaxValue;
            length = wireType == 2 && fits ? (int)value : 0;
            return fits;
        }

        return wireType is 1 or 3 or 4 or 5;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (int i = 0; i < message.Length && i < 10; i++)
        {
            value |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
