namespace Detector.Worker.Decoding;

/// <summary>Finds everything that is wrong with decode options.</summary>
internal static class DecodeOptionsCheck
{
    /// <param name="path">Where the options stand in the configuration, as in <c>Detector:Sources:plant:Decode</c>.</param>
    /// <returns>One sentence for each mistake: key, value and remedy.</returns>
    public static IReadOnlyList<string> Errors(DecodeOptions options, string path)
    {
        var errors = new List<string>();
        bool json = options.Format == "json";
        bool csv = options.Format == "csv";
        if (!DecoderFactory.Formats.Contains(options.Format))
            errors.Add($"{path}:Format is '{options.Format}'; use {string.Join(" or ", DecoderFactory.Formats)}.");
        if (!Timestamps.TryParseUnit(options.TimestampUnit, out _))
            errors.Add($"{path}:TimestampUnit is '{options.TimestampUnit}'; use one of {string.Join(", ", Timestamps.UnitNames)}.");
        if (!SeriesRule.TryParse(options.Series, out SeriesRule series, out string error))
            errors.Add($"{path}:Series is '{options.Series}', but {error}.");
        else if (json && series.Column is not null)
            errors.Add($"{path}:Series is '{options.Series}', but JSON messages have no columns; use a path, as in $.{series.Column}.");
        else if (csv && series.Path is not null)
            errors.Add($"{path}:Series is '{options.Series}', but CSV messages have no paths; use column:NAME.");

        if (json)
        {
            CheckPath(options.Timestamp, $"{path}:Timestamp", needsName: true, errors);
            CheckPath(options.Features, $"{path}:Features", needsName: false, errors);
        }
        else if (csv)
        {
            CheckColumns(options, series, path, errors);
        }

        return errors;
    }

    private static void CheckPath(string? text, string key, bool needsName, List<string> errors)
    {
        if (text is null)
            return;
        if (!JsonPath.TryParse(text, out JsonPath path, out string error))
            errors.Add($"{key} is '{text}', but {error}.");
        else if (needsName && path.Length == 0)
            errors.Add($"{key} is '$', the whole message; name a property, as in $.timestamp.");
    }

    private static void CheckColumns(DecodeOptions options, SeriesRule series, string path, List<string> errors)
    {
        if (options.Timestamp?.StartsWith('$') == true)
            errors.Add($"{path}:Timestamp is '{options.Timestamp}', but CSV messages have no paths; use the name of a column.");
        if (options.Columns.Count == 0)
            return;
        var names = new HashSet<string>(options.Columns, StringComparer.OrdinalIgnoreCase);
        if (names.Count < options.Columns.Count)
            errors.Add($"{path}:Columns names a column twice.");
        string timestamp = options.Timestamp ?? "timestamp";
        if (!names.Contains(timestamp))
            errors.Add($"{path}:Columns has no '{timestamp}'; name the timestamp column under {path}:Timestamp.");
        if (series.Column is { } column && !names.Contains(column))
            errors.Add($"{path}:Columns has no '{column}', which {path}:Series names.");
    }
}
