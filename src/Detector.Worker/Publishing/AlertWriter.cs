using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Alerts as records, keyed by series.</summary>
internal static class AlertWriter
{
    public const string Kind = "alert";

    public static OutboundRecord Write(Alert alert, Receipt receipt) => new(
        Kind,
        Encoding.UTF8.GetBytes(alert.Series),
        JsonSerializer.SerializeToUtf8Bytes(alert, RecordJson.Plain.Alert),
        CloudEvent.Headers(
            string.Create(CultureInfo.InvariantCulture, $"{alert.Id}-{alert.Revision}"),
            alert.Pipeline,
            (alert.Kind switch { AlertKind.Quality => "quality.", AlertKind.Drift => "drift.", _ => "alert." }) + LowerCaseEnum<AlertState>.Name(alert.State),
            alert.UpdatedAt,
            alert.Series),
        receipt);

    /// <summary>Reads an alert back.</summary>
    /// <exception cref="JsonException">The bytes are no alert.</exception>
    public static Alert? Read(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize(payload, RecordJson.Plain.Alert);
}
