using Detector.Worker.Contracts;
using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The metrics of one source. Thread-safe; allocates nothing.</summary>
internal sealed class SourceMetrics
{
    private readonly Counter.Child _messages;
    private readonly Counter.Child _missed;
    private readonly ReasonCounters _dropped;
    private readonly Counter.Child[] _rejected;
    private readonly Gauge.Child _watermarkLag;
    private readonly Gauge.Child _consumerLag;
    private readonly Gauge.Child _clockSkew;

    internal SourceMetrics(DetectorMetrics.IngestionFamilies families, string source)
    {
        _messages = families.Messages.WithLabels(source);
        _missed = families.MessagesMissed.WithLabels(source);
        _dropped = new ReasonCounters(families.MessagesDropped, source);
        _rejected = [.. Enum.GetValues<ValueFault>().Select(fault => families.ValuesRejected.WithLabels(source, Label(fault)))];
        _watermarkLag = families.WatermarkLag.WithLabels(source);
        _consumerLag = families.ConsumerLag.WithLabels(source);
        _clockSkew = families.ClockSkew.WithLabels(source);
    }

    /// <summary>Messages were read.</summary>
    public void Message(int count = 1) => _messages.Inc(count);

    /// <summary>Messages that never came.</summary>
    public void Missed(int messages) => _missed.Inc(messages);

    /// <summary>Messages gave no sample.</summary>
    public void Dropped(DropReason reason, int count = 1) => _dropped.Inc(reason, count);

    /// <summary>Values of an accepted sample were treated as missing.</summary>
    public void ValuesRejected(ValueFault fault, int count = 1)
    {
        if (count > 0)
            _rejected[(int)fault].Inc(count);
    }

    /// <summary>Clock minus newest event time.</summary>
    public void WatermarkLag(TimeSpan lag) => _watermarkLag.Set(lag.TotalSeconds);

    /// <summary>Messages in the assigned partitions that were not read yet.</summary>
    public void ConsumerLag(long messages) => _consumerLag.Set(messages);

    /// <summary>Median of event time minus arrival time.</summary>
    public void ClockSkew(TimeSpan skew) => _clockSkew.Set(skew.TotalSeconds);

    private static string Label(ValueFault fault) => fault switch
    {
        ValueFault.NotFinite => "not_finite",
        ValueFault.WrongType => "wrong_type",
        ValueFault.UnknownFeature => "unknown_feature",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A fault without a label."),
    };
}
