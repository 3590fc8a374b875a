namespace Detector.Worker.Decoding.Logs;

/// <summary>How log lines become samples (format <c>logs</c>): one sample for each series and bucket of time.</summary>
public sealed class LogOptions
{
    internal const string Message = "message", Host = "host", Component = "component", HostAndComponent = "host/component";

    internal static IReadOnlyList<string> Divisions { get; } = [Message, Host, Component, HostAndComponent];

    /// <summary>Time that one sample counts lines over. The pipeline's <c>Window:Period</c> is to be the same, or left out.</summary>
    public TimeSpan Bucket { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What divides lines into series: <c>message</c> (by <c>Decode:Series</c>: key, topic, file), or what stands in the line: <c>host</c>,
    /// <c>component</c> (program, service, logger), <c>host/component</c>. A line without it belongs to the series of its message.
    /// </summary>
    public string DivideBy { get; set; } = Message;

    /// <summary>
    /// Layout of a line, as in <c>&lt;Date&gt; &lt;Time&gt; &lt;Level&gt; &lt;Component&gt;: &lt;Content&gt;</c>. Null recognises common formats: syslog, ISO 8601,
    /// log4j, Apache, nginx, Android, JSON, key=value.
    /// </summary>
    public string? Layout { get; set; }

    /// <summary>What is masked beside tokens with a digit: names of <c>Detector.Models.Logs.Masks</c>, separated by commas.</summary>
    public string Masks { get; set; } = "Default";

    /// <summary>
    /// Event time over which templates, sessions and heartbeats are learned before the first sample is handed over: from then on it is fixed what the
    /// features are, and what counts as new.
    /// </summary>
    public TimeSpan Learn { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Templates whose counts are features, the commonest; the others are counted together. More make training slower and alerts longer.</summary>
    public int MaxTemplates { get; set; } = 32;

    /// <summary>Masked lines that are remembered, the least recently used forgotten first; some 2 KiB each.</summary>
    public int MaxSignatures { get; set; } = 20_000;

    /// <summary>Most series at a time; lines of others are dropped as <c>series_limit</c>.</summary>
    public int MaxSeries { get; set; } = 1_000;

    /// <summary>Whether the numbers in the lines of a template are features too: the mean of each of the first two, by template.</summary>
    public bool Parameters { get; set; }

    /// <summary>Whether stack traces and other indented lines belong to the line before them.</summary>
    public bool MultiLine { get; set; } = true;

    /// <summary>What a session's key begins with, as in <c>blk_</c>, <c>req-</c> or <c>session=</c>: the letters, digits, _ and - after it are the key. Null: no sessions.</summary>
    public string? Session { get; set; }

    /// <summary>Event time without a line after which a session has ended and is judged.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Sessions that may be open at a time; beyond it the one that has been silent longest ends.</summary>
    public int MaxSessions { get; set; } = 20_000;

    /// <summary>Name of the sink that receives every template (id, text, count, example) when it becomes a feature or comes anew; null: none.</summary>
    public string? Templates { get; set; }
}
