using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>
/// What gives a sample its time, compiled from <see cref="DecodeOptions.Timestamp"/> and <see cref="DecodeOptions.MissingTimestamp"/>: the payload,
/// the broker, or the moment of arrival.
/// </summary>
internal sealed class TimestampRule
{
    private readonly Origin _otherwise;

    public TimestampRule(DecodeOptions options)
    {
        Unit = Timestamps.TryParseUnit(options.TimestampUnit, out TimestampUnit unit) ? unit : throw new ArgumentException("Unknown unit.", nameof(options));
        Origin first = Parse(options.Timestamp);
        IsInside = first == Origin.Payload;
        _otherwise = IsInside ? Parse(options.MissingTimestamp) : first;
    }

    private enum Origin
    {
        Payload,
        Broker,
        Arrival,
    }

    /// <summary>What a sample whose payload has no time can get: <c>drop</c> is no time.</summary>
    public static IReadOnlyList<string> Substitutes { get; } = ["drop", "broker", "arrival"];

    /// <summary>Whether the payload is asked for the time.</summary>
    public bool IsInside { get; }

    /// <summary>Unit of numbers in the payload.</summary>
    public TimestampUnit Unit { get; }

    /// <summary>Whether a value of <see cref="DecodeOptions.Timestamp"/> names no place in the payload.</summary>
    public static bool IsOutside(string? timestamp) => Parse(timestamp) != Origin.Payload;

    /// <summary>The time of samples whose payload gives none, in UTC ticks; 0 when there is none either.</summary>
    public long FromMessage(in RawMessage message, long now) => _otherwise switch
    {
        Origin.Broker => message.BrokerTicks,
        Origin.Arrival => now,
        _ => 0,
    };

    private static Origin Parse(string? text) => text switch
    {
        "broker" => Origin.Broker,
        "arrival" => Origin.Arrival,
        _ => Origin.Payload,
    };
}
