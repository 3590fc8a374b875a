using Confluent.Kafka;

namespace Detector.Worker.Publishing;

/// <summary>Tells failed deliveries apart.</summary>
internal static class DeliveryFault
{
    /// <summary>Everything that <see cref="Reason"/> may say.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
        ["too_large", "not_authorized", "invalid_record", "invalid_topic", "unknown_topic", "corrupt", "timeout", "unreachable", "io", "other"];

    /// <summary>Whether the same record would fail for ever.</summary>
    public static bool IsPermanent(Error error) => Reason(error) is "too_large" or "not_authorized" or "invalid_record" or "invalid_topic";

    /// <summary>A label value for the failure.</summary>
    public static string Reason(Error error) => error.Code switch
    {
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.InvalidMsgSize => "too_large",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed => "not_authorized",
        ErrorCode.InvalidRecord or ErrorCode.InvalidTimestamp or ErrorCode.PolicyViolation => "invalid_record",
        ErrorCode.TopicException => "invalid_topic",
        // A checksum that was wrong on its way, says Kafka, whose own clients send the same record again. What old brokers mean by it beside, a record
        // without a key in a compacted topic, is none of ours: each has one.
        ErrorCode.InvalidMsg => "corrupt",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition => "unknown_topic",
        ErrorCode.Local_MsgTimedOut or ErrorCode.RequestTimedOut or ErrorCode.Local_TimedOut => "timeout",
        ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve => "unreachable",
        _ => "other",
    };
}
