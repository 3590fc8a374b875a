using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Worker.Publishing;

/// <summary>Writes times in UTC with milliseconds, and with all seven digits where the time has more: <c>2026-01-01T00:00:00.000Z</c>.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    private const string Milliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Ticks = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The time as it is published.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format(time), CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Ticks.Length];
        value.UtcDateTime.TryFormat(text, out int length, Format(value), CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    private static string Format(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? Milliseconds : Ticks;
}
