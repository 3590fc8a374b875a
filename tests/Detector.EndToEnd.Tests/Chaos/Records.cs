using System.Text.Json;
using System.Text.RegularExpressions;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>What was published, by key: what came, what came twice, and what came twice with other content. Owned by one thread at a time.</summary>
/// <param name="ignoreConfiguration">Whether the hash of the configuration is left out of the content: several workers have several.</param>
internal sealed partial class Records(bool ignoreConfiguration = false)
{
    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);
    private int _read;

    public List<string> Contradictions { get; } = [];

    /// <summary>Records that came again, with the same content or other.</summary>
    public int Repeated { get; private set; }

    public int Count => _records.Count;

    public int Scores => _records.Keys.Count(key => key.StartsWith("score", StringComparison.Ordinal));

    public bool Contains(string key) => _records.ContainsKey(key);

    /// <summary>Takes a record as JSON.</summary>
    public void Take(string json)
    {
        JsonElement record = JsonDocument.Parse(json).RootElement;
        string key = record.TryGetProperty("id", out JsonElement id)
            ? $"alert {id.GetString()} {record.GetProperty("revision").GetInt32():D3}"
            : $"score {record.GetProperty("series").GetString()} {record.GetProperty("timestamp").GetString()}";
        string content = ignoreConfiguration ? Configuration().Replace(json, "") : json;
        if (_records.TryAdd(key, content))
            return;
        Repeated++;
        if (_records[key] != content)
            Contradictions.Add(Apart(_records[key], content));
    }

    /// <summary>Takes the lines that have come since the last call; the last may be half written.</summary>
    public Records Read(string output)
    {
        int end = output.LastIndexOf('\n') + 1;
        if (end <= _read)
            return this;
        foreach (string line in output[_read..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Take(line);
        _read = end;
        return this;
    }

    /// <summary>Scores by series and time, alerts by id and revision. Versions of models and the configuration's hash are left out: they are another run's.</summary>
    public SortedDictionary<string, string> All() =>
        new(_records.ToDictionary(pair => pair.Key, pair => OfTheRun().Replace(Configuration().Replace(pair.Value, ""), "")), StringComparer.Ordinal);

    /// <summary>In a line, how what came differs from what was expected.</summary>
    public static string Difference(string name, int done, SortedDictionary<string, string> expected, SortedDictionary<string, string> actual, int repeated, int contradictions)
    {
        string[] missing = [.. expected.Keys.Except(actual.Keys)], invented = [.. actual.Keys.Except(expected.Keys)];
        int other = expected.Count(pair => actual.TryGetValue(pair.Key, out string? value) && value != pair.Value);
        string examples = missing.Length + invented.Length + other == 0
            ? ""
            : string.Concat(missing.Take(4).Select(key => $"\nmissing {expected[key]}").Concat(invented.Take(4).Select(key => $"\ninvented {actual[key]}"))
                .Concat(expected.Where(pair => actual.TryGetValue(pair.Key, out string? value) && value != pair.Value).Take(4).Select(pair => $"\nother {Apart(pair.Value, actual[pair.Key])}")));
        return FormattableString.Invariant(
            $"{name}: {done} times; {actual.Count} records, {missing.Length} missing, {invented.Length} invented, {other} others, {repeated} repeated, {contradictions} of them with other content{examples}");
    }

    /// <summary>Where two records part.</summary>
    private static string Apart(string one, string other)
    {
        int at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        int from = Math.Max(0, at - 60);
        return $"…{one[from..Math.Min(one.Length, at + 60)]}… against …{other[from..Math.Min(other.Length, at + 60)]}…";
    }

    [GeneratedRegex("\"version\":\"[^\"]*\"")]
    private static partial Regex OfTheRun();

    [GeneratedRegex("\"configHash\":\"[^\"]*\"")]
    private static partial Regex Configuration();
}
