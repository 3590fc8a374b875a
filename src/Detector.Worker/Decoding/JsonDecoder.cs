using System.Text.Json;
using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>
/// Reads a JSON object as one sample, or an array of objects as several, in one pass over the bytes. A property that occurs twice counts as its last value;
/// text where a number belongs is kept as missing and counted; <c>true</c> is 1 and <c>false</c> 0.
/// </summary>
internal sealed partial class JsonDecoder : IDecoder
{
    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = 32 };
    private static readonly JsonPath s_values = Path("$.values");

    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly DecodeLimits _limits;
    private readonly SeriesRule _series;
    private readonly JsonPath _timestamp;
    private readonly TimestampUnit _unit;
    private readonly JsonPath? _features;
    private byte[] _finite = [];
    private bool _flat;

    public JsonDecoder(DecodeOptions options, DecodeLimits limits)
    {
        _limits = limits;
        _series = SeriesRule.TryParse(options.Series, out SeriesRule rule, out string error) ? rule : throw new ArgumentException(error, nameof(options));
        _timestamp = Path(options.Timestamp ?? "$.timestamp");
        _unit = Timestamps.TryParseUnit(options.TimestampUnit, out TimestampUnit unit) ? unit : throw new ArgumentException("Unknown unit.", nameof(options));
        _features = options.Features is null ? null : Path(options.Features);
        _flat = _features is { Length: 0 };
    }

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        ReadOnlySpan<byte> json = message.Payload.Span;
        if (json.Length > _limits.MaxMessageBytes)
            return DropReason.TooLarge;
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        json = json.Trim(" \t\r\n"u8);
        if (json.IsEmpty)
            return DropReason.Empty;

        // What is no JSON at all is told apart before the reader is asked, whose answer is an exception.
        bool many = json[0] == '[';
        if (!(json[0] == '{' && json[^1] == '}') && !(many && json[^1] == ']'))
            return DropReason.Malformed;
        if (!Utf8.IsValid(json))
            return DropReason.Malformed;
        if (NotFiniteLiterals.MayHold(json))
            json = NotFiniteLiterals.Replace(json, ref _finite);

        _tally.Clear();
        _messageSeries = _series.FromMessage(message).Length;
        _latest = _limits.LatestTicks();
        try
        {
            var reader = new Utf8JsonReader(json, s_reading);
            reader.Read();
            if (!many)
                return DecodeOne(ref reader, message, sink);
            DecodeMany(ref reader, message, sink);
        }
        catch (JsonException)
        {
            if (!many)
                return DropReason.Malformed;
            _tally.Count(DropReason.Malformed);
        }

        return _tally.Report(sink);
    }

    private DropReason DecodeOne(ref Utf8JsonReader reader, in RawMessage message, ISampleSink sink)
    {
        DropReason reason = ReadSample(ref reader, message);
        if (reader.Read())
            return DropReason.Malformed;
        if (reason == DropReason.None)
            sink.Accept(_sample);
        return reason;
    }

    private void DecodeMany(ref Utf8JsonReader reader, in RawMessage message, ISampleSink sink)
    {
        bool any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            DropReason reason = DropReason.WrongType;
            if (reader.TokenType == JsonTokenType.StartObject)
                reason = ReadSample(ref reader, message);
            else
                reader.Skip();
            if (reason == DropReason.None)
                sink.Accept(_sample);
            _tally.Count(reason);
        }

        if (!any)
            _tally.Count(DropReason.Empty);
        reader.Read();
    }

    private static JsonPath Path(string text) =>
        JsonPath.TryParse(text, out JsonPath path, out string error) ? path : throw new ArgumentException($"'{text}' is no path: {error}.", nameof(text));
}
