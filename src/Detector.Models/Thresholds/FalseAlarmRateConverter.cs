using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Models.Thresholds;

/// <summary>Writes a rate as the text a user would write.</summary>
public sealed class FalseAlarmRateConverter : JsonConverter<FalseAlarmRate>
{
    public override FalseAlarmRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FalseAlarmRate.TryParse(reader.GetString(), out var rate, out var error) ? rate : throw new JsonException(error);

    public override void Write(Utf8JsonWriter writer, FalseAlarmRate value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
