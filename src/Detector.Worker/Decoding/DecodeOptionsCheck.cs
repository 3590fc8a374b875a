using Detector.Worker.Decoding.Logs;

namespace Detector.Worker.Decoding;

/// <summary>Finds everything that is wrong with decode options.</summary>
internal static class DecodeOptionsCheck
{
    /// <param name="path">Where the options stand in the configuration, as in <c>Detector:Sources:plant:Decode</c>.</param>
    /// <returns>One sentence for each mistake: key, value and remedy.</returns>
    public static IReadOnlyList<string> Errors(DecodeOptions options, string path)
    {
        var errors = new List<string>();
        if (!DecoderFactory.Formats.Contains(options.Format))
            errors.Add($"{path}:Format is '{options.Format}'; use one of {string.Join(", ", DecoderFactory.Formats)}.");
        if (!Timestamps.TryParseUnit(options.TimestampUnit, out _))
            errors.Add($"{path}:TimestampUnit is '{options.TimestampUnit}'; use one of {string.Join(", ", Timestamps.UnitNames)}.");
        if (!TimestampRule.Substitutes.Contains(options.MissingTimestamp))
            errors.Add($"{path}:MissingTimestamp is '{options.MissingTimestamp}'; use one of {string.Join(", ", TimestampRule.Substitutes)}.");

        NameRule series = CheckRule(options.Series, options.Format, $"{path}:Series", errors);
        switch (options.Format)
        {
            case "json":
                CheckJson(options, path, errors);
                break;
            case "csv":
                CheckColumns(options, series, path, errors);
                break;
            case DecoderFactory.Logs:
                errors.AddRange(LogOptionsCheck.Errors($"{path}:Logs", options.Logs));
                if (series.Path is not null || series.Column is not null || series.Tags is not null)
                    errors.Add($"{path}:Series is '{options.Series}', but log lines have no paths, columns or tags; write key, topic, topic:N or =NAME, and {path}:Logs:DivideBy for what stands in the line.");
                break;
            case "influx" or "sparkplug" when options.Timestamp is not null && !TimestampRule.IsOutside(options.Timestamp):
                errors.Add($"{path}:Timestamp is '{options.Timestamp}', but {options.Format} messages have their time in one place; leave it out, or write broker or arrival.");
                break;
        }

        if (options.Format is "csv" or "influx" or "sparkplug")
            CheckJsonOnly(options, path, errors);
        if (options.Format is "json" or "influx" or "sparkplug" && options.Columns.Count > 0)
            errors.Add($"{path}:Columns names {options.Columns.Count} columns, but only csv messages have some; leave it out.");
        return errors;
    }

    /// <summary>Compiles a rule and holds it against what messages of the format have.</summary>
    private static NameRule CheckRule(string? text, string format, string key, List<string> errors)
    {
        if (!NameRule.TryParse(text, out NameRule rule, out string error))
            errors.Add($"{key} is '{text}', but {error}.");
        else if (rule.Column is not null && format is "json" or "influx" or "sparkplug")
            errors.Add($"{key} is '{text}', but {format} messages have no columns; {Remedy(format)}.");
        else if (rule.Path is not null && format is "csv" or "influx" or "sparkplug")
            errors.Add($"{key} is '{text}', but {format} messages have no paths; {Remedy(format)}.");
        else if (rule.Tags is not null && format is "json" or "csv" or "sparkplug")
            errors.Add($"{key} is '{text}', but {format} messages have no measurement and no tags; {Remedy(format)}.");
        return rule;
    }

    private static string Remedy(string format) => format switch
    {
        "json" => "use a path, as in $.device",
        "csv" => "use column:NAME",
        "influx" => "use measurement or tag:NAME",
        _ => "leave it out, or name a level of the topic, as in topic:3",
    };

    private static void CheckJson(DecodeOptions options, string path, List<string> errors)
    {
        if (!TimestampRule.IsOutside(options.Timestamp))
            CheckPath(options.Timestamp, $"{path}:Timestamp", "$.timestamp", errors);
        CheckPath(options.Features, $"{path}:Features", options.Feature is null ? null : "$.value", errors);
        if (options.Feature is not null)
            CheckRule(options.Feature, options.Format, $"{path}:Feature", errors);
        if (options.Samples is not { } samples)
            return;
        if (!JsonPath.TryParseArray(samples, out JsonPath array, out string error))
            errors.Add($"{path}:Samples is '{samples}', but {error}.");
        else if (array.Length == 0)
            errors.Add($"{path}:Samples is '{samples}', the whole message; leave it out, since an array of samples is read as such.");
    }

    private static void CheckJsonOnly(DecodeOptions options, string path, List<string> errors)
    {
        if (options.Samples is not null)
            errors.Add($"{path}:Samples is '{options.Samples}', but only json messages have paths; leave it out.");
        if (options.Feature is not null)
            errors.Add($"{path}:Feature is '{options.Feature}', but {options.Format} messages name their features; leave it out, or use Format json for bare numbers.");
        if (options.Features?.StartsWith('$') == true)
            errors.Add($"{path}:Features is '{options.Features}', but {options.Format} messages have no paths; name the features, separated by commas.");
    }

    /// <param name="example">A path for the remedy, where the path must name a property.</param>
    private static void CheckPath(string? text, string key, string? example, List<string> errors)
    {
        if (text is null)
            return;
        if (!JsonPath.TryParse(text, out JsonPath path, out string error))
            errors.Add($"{key} is '{text}', but {error}.");
        else if (example is not null && path.Length == 0)
            errors.Add($"{key} is '$', the whole message; name a property, as in {example}.");
    }

    private static void CheckColumns(DecodeOptions options, NameRule series, string path, List<string> errors)
    {
        if (options.Timestamp?.StartsWith('$') == true)
            errors.Add($"{path}:Timestamp is '{options.Timestamp}', but csv messages have no paths; use the name of a column.");
        if (options.Columns.Count == 0)
            return;
        var names = new HashSet<string>(options.Columns, StringComparer.OrdinalIgnoreCase);
        if (names.Count < options.Columns.Count)
            errors.Add($"{path}:Columns names a column twice.");
        string timestamp = options.Timestamp ?? "timestamp";
        bool needed = !TimestampRule.IsOutside(options.Timestamp) && options.MissingTimestamp == "drop";
        if (needed && !names.Contains(timestamp))
            errors.Add($"{path}:Columns has no '{timestamp}'; name the timestamp column under {path}:Timestamp.");
        if (series.Column is { } column && !names.Contains(column))
            errors.Add($"{path}:Columns has no '{column}', which {path}:Series names.");
    }
}
