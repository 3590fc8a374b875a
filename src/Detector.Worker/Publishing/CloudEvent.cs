namespace Detector.Worker.Publishing;

/// <summary>CloudEvents 1.0 attributes as message headers (Kafka protocol binding, binary mode).</summary>
internal static class CloudEvent
{
    public static KeyValuePair<string, string>[] Headers(string id, string pipeline, string type, DateTimeOffset at, string subject) =>
    [
        new("ce_specversion", "1.0"),
        new("ce_id", id),
        new("ce_source", "/detector/pipelines/" + Uri.EscapeDataString(pipeline)),
        new("ce_type", "io.detector." + type),
        new("ce_time", UtcTime.Text(at)),
        new("ce_subject", subject),
        new("content-type", "application/json"),
    ];
}
