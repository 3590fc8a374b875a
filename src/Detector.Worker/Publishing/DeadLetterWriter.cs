using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Messages that could not be used, as they came, with headers that say from where and why.</summary>
internal static class DeadLetterWriter
{
    public const string Kind = "dead_letter";

    /// <summary>Bytes of a payload that are kept; what is longer is cut, and the original length is in a header.</summary>
    public const int MaxPayloadBytes = 64 * 1024;

    public static OutboundRecord Write(string source, in RawMessage message, DropReason reason) => new(
        Kind,
        message.Key.ToArray(),
        message.Payload[..Math.Min(message.Payload.Length, MaxPayloadBytes)].ToArray(),
        [
            new("detector_source", source),
            new("detector_topic", message.Topic),
            new("detector_partition", message.Partition.ToString(CultureInfo.InvariantCulture)),
            new("detector_offset", message.Offset.ToString(CultureInfo.InvariantCulture)),
            new("detector_reason", reason.Label()),
            new("detector_original_bytes", message.Payload.Length.ToString(CultureInfo.InvariantCulture)),
        ],
        message.Receipt);
}
