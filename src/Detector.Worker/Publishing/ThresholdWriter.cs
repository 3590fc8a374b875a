using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Thresholds as records, keyed by series, so that a compacted topic holds the ones in force.</summary>
internal static class ThresholdWriter
{
    public const string Kind = "threshold";

    public static OutboundRecord Write(in ThresholdRecord threshold, Receipt receipt) => new(
        Kind,
        Encoding.UTF8.GetBytes(threshold.Series),
        JsonSerializer.SerializeToUtf8Bytes(threshold, RecordJson.Plain.ThresholdRecord),
        CloudEvent.Headers(
            string.Create(CultureInfo.InvariantCulture, $"{threshold.Series}-{threshold.At.UtcTicks}"), threshold.Pipeline, "threshold", threshold.At, threshold.Series),
        receipt);
}
