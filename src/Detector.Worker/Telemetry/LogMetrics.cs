using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>What is counted of the log lines of one source, over its partitions. No template and nothing of a line is a label. Thread-safe.</summary>
internal sealed class LogMetrics
{
    private readonly Counter.Child _lines;
    private readonly Counter.Child _new;
    private readonly Counter.Child _evicted;
    private readonly Gauge.Child _templates;

    internal LogMetrics(DetectorMetrics.IngestionFamilies families, string source)
    {
        _lines = families.LogLines.WithLabels(source);
        _new = families.LogTemplatesNew.WithLabels(source);
        _evicted = families.LogTemplatesEvicted.WithLabels(source);
        _templates = families.LogTemplates.WithLabels(source);
    }

    /// <summary>Lines got their template.</summary>
    public void Lines(long lines)
    {
        if (lines > 0)
            _lines.Inc(lines);
    }

    /// <summary>A kind of line came that was not learned.</summary>
    public void New() => _new.Inc();

    /// <summary>Templates were forgotten for room.</summary>
    public void Evicted(long templates)
    {
        if (templates > 0)
            _evicted.Inc(templates);
    }

    /// <summary>So many more are known, or less.</summary>
    public void Templates(int change)
    {
        if (change != 0)
            _templates.Inc(change);
    }
}
