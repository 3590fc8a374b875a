using Detector.Worker.Decoding.Logs;

namespace Detector.Worker.Decoding;

/// <summary>How the bytes of a message become samples.</summary>
public sealed class DecodeOptions
{
    /// <summary><c>json</c>, <c>csv</c>, <c>influx</c> (line protocol), <c>sparkplug</c> (Sparkplug B) or <c>logs</c> (lines of text).</summary>
    public string Format { get; set; } = "json";

    /// <summary>
    /// What names the series: a JSON path (<c>$.device</c>), <c>key</c> (message key), <c>topic</c>, <c>topic:N</c> (level N of the topic, from 0; several as in
    /// <c>topic:1,topic:2</c>, joined by a slash), <c>column:NAME</c> (csv), <c>measurement</c> and <c>tag:NAME</c> (influx, several as in
    /// <c>tag:site,tag:host</c>), or <c>=NAME</c> for one fixed series. Null: <c>key</c>, and the file name for a file; for influx the measurement with
    /// all its tags; for sparkplug group, edge node and device as in <c>group/edge/device</c>.
    /// </summary>
    public string? Series { get; set; }

    /// <summary>
    /// JSON path or CSV column of the event time; <c>broker</c> for the time that the message has in its topic (Kafka), <c>arrival</c> for the moment it is
    /// read. Null: <c>$.timestamp</c>, <c>timestamp</c>, and where influx and sparkplug have their own.
    /// </summary>
    public string? Timestamp { get; set; }

    /// <summary>
    /// What becomes of a sample whose payload has no time: <c>drop</c>, or the time of <c>broker</c> or <c>arrival</c>. Several samples of one message
    /// then have one time, and of one series only the first counts. <c>drop</c>, because a wrong time does more harm than a missing sample.
    /// </summary>
    public string MissingTimestamp { get; set; } = "drop";

    /// <summary>
    /// Unit of numeric timestamps: <c>auto</c> (by magnitude), <c>s</c>, <c>ms</c>, <c>us</c> or <c>ns</c> since 1970. Text is ISO 8601; sparkplug is always in ms.
    /// </summary>
    public string TimestampUnit { get; set; } = "auto";

    /// <summary>
    /// JSON path of the array of samples, as in <c>$.samples[*]</c>; series, timestamp and feature are looked for in each sample, then in the message around it.
    /// Null: the message is one sample, or an array of them.
    /// </summary>
    public string? Samples { get; set; }

    /// <summary>
    /// JSON path of the object that holds the features (<c>$.values</c>; nested objects become dotted names), <c>$</c> for all numbers of the message but timestamp and series.
    /// Null: <c>$.values</c> where the message has it, else <c>$</c>. With <see cref="Feature"/> the path of the one value; null: <c>$.value</c>.
    /// For the other formats a comma-separated list of names; null: all but timestamp, series and what is to be ignored.
    /// </summary>
    public string? Features { get; set; }

    /// <summary>
    /// What names the feature of messages that hold one value (json): <c>topic:N</c>, <c>=NAME</c> or another of the rules for <see cref="Series"/>.
    /// The payload is then a bare number (<c>21.5</c>) or an object. Null: messages hold features by name.
    /// </summary>
    public string? Feature { get; set; }

    /// <summary>Column names of CSV messages without a header line; empty: the first line of a file is the header.</summary>
    public IList<string> Columns { get; set; } = [];

    /// <summary>Columns, fields and metrics that are never features (csv, influx, sparkplug).</summary>
    public IList<string> Ignore { get; set; } = ["label"];

    /// <summary>How lines are counted (logs).</summary>
    public LogOptions Logs { get; set; } = new();
}
