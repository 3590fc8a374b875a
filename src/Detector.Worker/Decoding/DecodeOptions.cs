namespace Detector.Worker.Decoding;

/// <summary>How the bytes of a message become samples.</summary>
public sealed class DecodeOptions
{
    /// <summary><c>json</c> or <c>csv</c>.</summary>
    public string Format { get; set; } = "json";

    /// <summary>
    /// What names the series: a JSON path (<c>$.device</c>), <c>key</c> (message key), <c>topic</c>, <c>topic:N</c> (level N of the topic, from 0),
    /// <c>column:NAME</c> (csv), or <c>=NAME</c> for one fixed series. Null: <c>key</c>, and the file name for a file.
    /// </summary>
    public string? Series { get; set; }

    /// <summary>JSON path or CSV column of the event time. Null: <c>$.timestamp</c> and <c>timestamp</c>.</summary>
    public string? Timestamp { get; set; }

    /// <summary>Unit of numeric timestamps: <c>auto</c> (by magnitude), <c>s</c>, <c>ms</c>, <c>us</c> or <c>ns</c> since 1970. Text is ISO 8601.</summary>
    public string TimestampUnit { get; set; } = "auto";

    /// <summary>
    /// JSON path of the object that holds the features (<c>$.values</c>; nested objects become dotted names), <c>$</c> for all numbers of the message but timestamp and series.
    /// For csv a comma-separated list of columns. Null: <c>$.values</c> where the message has it, else <c>$</c>; and every column but timestamp, series and label.
    /// </summary>
    public string? Features { get; set; }

    /// <summary>Column names of CSV messages without a header line; empty: the first line of a file is the header.</summary>
    public IList<string> Columns { get; set; } = [];

    /// <summary>Columns that are never features.</summary>
    public IList<string> Ignore { get; set; } = ["label"];
}
