using System.Text.Json;

namespace Detector.EndToEnd.Tests;

/// <summary>A message as kcat saw it.</summary>
internal sealed record TopicMessage(string? Key, string Payload, IReadOnlyDictionary<string, string> Headers, long Offset)
{
    /// <summary>The payload as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    /// <summary>Reads one line of <c>kcat -J</c>.</summary>
    public static TopicMessage Parse(string line)
    {
        JsonElement json = JsonDocument.Parse(line).RootElement;
        string?[] headers = json.TryGetProperty("headers", out JsonElement list) ? [.. list.EnumerateArray().Select(text => text.GetString())] : [];
        return new TopicMessage(
            json.GetProperty("key").GetString(),
            json.GetProperty("payload").GetString() ?? "",
            headers.Chunk(2).ToDictionary(pair => pair[0]!, pair => pair[1] ?? "", StringComparer.Ordinal),
            json.GetProperty("offset").GetInt64());
    }
}
