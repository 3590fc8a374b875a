using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Worker.Publishing;

/// <summary>Writes an enum by its name in lower case.</summary>
internal sealed class LowerCaseEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
#pragma warning disable CA1308 // The published form is lower case.
    private static readonly Dictionary<T, string> s_names = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());
#pragma warning restore CA1308

    /// <summary>Name of a value as it is published.</summary>
    public static string Name(T value) => s_names[value];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.GetString();
        return Enum.TryParse(text, ignoreCase: true, out T value) ? value : throw new JsonException($"'{text}' is no {typeof(T).Name}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(s_names[value]);
}
