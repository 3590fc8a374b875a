using System.Reflection;
using System.Text.Json.Nodes;

namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>The configuration as a JSON Schema (draft 2020-12), for editors and for checks without the daemon.</summary>
internal static class ConfigurationSchema
{
    /// <summary>Durations as the daemon reads them: <c>[days.]hours:minutes:seconds[.fraction]</c>.</summary>
    private const string Duration = @"^(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$";

    /// <summary>What a secret may be read from, in the sections where <see cref="SecretFiles"/> looks.</summary>
    private const string SecretFile = @"^[^:]+\.file$";

    public static JsonObject Create() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Detector",
        ["type"] = "object",
        ["properties"] = new JsonObject { ["$schema"] = Typed("string"), [DetectorOptions.Section] = Options(typeof(DetectorOptions)) },
        ["additionalProperties"] = false,
    };

    private static JsonObject Options(Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        var properties = new JsonObject();
        foreach (PropertyInfo property in type.GetProperties())
            properties[property.Name] = Property(property, property.GetValue(defaults));
        JsonObject schema = Typed("object");
        schema["properties"] = properties;
        if (type == typeof(Mqtt.MqttOptions))
            schema["patternProperties"] = new JsonObject { [SecretFile] = Typed("string") };
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Property(PropertyInfo property, object? value)
    {
        JsonObject schema = Of(property.PropertyType);
        if (DocComments.Of(property) is { Length: > 0 } meaning)
            schema["description"] = meaning;
        if (value is not (null or "") && ValueText.IsScalar(property.PropertyType))
            schema["default"] = value is bool or int or double ? JsonValue.Create(value) : ValueText.Format(value);
        return schema;
    }

    private static JsonObject Of(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (OptionsTree.ListElement(plain) is { } item)
        {
            JsonObject list = Typed("array");
            list["items"] = Of(item);
            return list;
        }

        if (OptionsTree.MapElement(plain) is { } element)
        {
            JsonObject map = Typed("object");
            map["additionalProperties"] = ValueText.IsScalar(element) ? new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } : Of(element);
            return map;
        }

        if (!ValueText.IsScalar(plain))
            return Options(plain);
        JsonObject scalar = plain switch
        {
            _ when plain == typeof(bool) => Typed("boolean"),
            _ when plain == typeof(int) || plain == typeof(long) => Typed("integer"),
            _ when plain == typeof(double) => Typed("number"),
            { IsEnum: true } => new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(plain).Select(name => JsonValue.Create(name))]) },
            _ => Typed("string"),
        };
        if (plain == typeof(TimeSpan))
            scalar["pattern"] = Duration;
        if (plain == typeof(DateTimeOffset))
            scalar["format"] = "date-time";
        return scalar;
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };
}
