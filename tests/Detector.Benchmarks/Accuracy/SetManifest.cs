using System.Text.Json;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The <c>manifest.json</c> of a set: its series, with splits and counts.</summary>
internal static class SetManifest
{
    /// <summary>The entries of the series.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<JsonElement> Series(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("series").EnumerateArray().Select(entry => entry.Clone())];
    }

    public static string Text(this JsonElement entry, string key) => entry.GetProperty(key).GetString()!;

    public static int Number(this JsonElement entry, string key) => entry.GetProperty(key).GetInt32();
}
