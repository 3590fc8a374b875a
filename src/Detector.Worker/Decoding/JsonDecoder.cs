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
    private static readonly JsonPath s_value = Path("$.value");

    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly DecodeLimits _limits;
    private readonly NameRule _series;
    private readonly NameRule? _feature;
    private readonly TimestampRule _time;
    private readonly JsonPath? _timestamp;
    private readonly JsonPath? _samples;
    private readonly JsonPath? _features;
    private byte[] _finite = [];
    private bool _flat;

    public JsonDecoder(DecodeOptions options, DecodeLimits limits)
    {
        _limits = limits;
        _series = Rule(options.Series);
        _feature = options.Feature is null ? null : Rule(options.Feature);
        _time = new TimestampRule(options);
        _timestamp = _time.IsInside ? Path(options.Timestamp ?? "$.timestamp") : null;
        _samples = options.Samples is null ? null : ArrayPath(options.Samples);
        _features = options.Features is not null ? Path(options.Features) : _feature is null ? null : s_value;
        _flat = _feature is null && _features is { Length: 0 };
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
        bool bare = _feature is not null && !many && json[0] != '{';
        if (!bare && !(json[0] == '{' && json[^1] == '}') && !(many && json[^1] == ']'))
            return DropReason.Malformed;
        if (!Utf8.IsValid(json))
            return DropReason.Malformed;

        _tally.Clear();
        BeginMessage(message);
        if (bare)
            return DecodeBare(json, sink);
        if (NotFiniteLiterals.MayHold(json))
            json = NotFiniteLiterals.Replace(json, ref _finite);
        bool whole = !many && _samples is null;
        try
        {
            var reader = new Utf8JsonReader(json, s_reading);
            reader.Read();
            if (whole)
                return DecodeOne(ref reader, sink);
            if (!many && !TryOpen(ref reader, json, out DropReason reason))
                return reason;
            DecodeMany(ref reader, sink);
        }
        catch (JsonException)
        {
            if (!many)
                return DropReason.Malformed;
            _tally.Count(DropReason.Malformed);
        }

        return _tally.Report(sink);
    }

    /// <summary>A payload that is nothing but the value.</summary>
    private DropReason DecodeBare(ReadOnlySpan<byte> text, ISampleSink sink)
    {
        BeginSample();
        if (_hasName)
            TextValue.Add(_sample, _featureName.AsSpan(0, _featureNameLength), text);
        DropReason reason = CheckSample();
        if (reason == DropReason.None)
            sink.Accept(_sample);
        return reason;
    }

    private DropReason DecodeOne(ref Utf8JsonReader reader, ISampleSink sink)
    {
        DropReason reason = ReadSample(ref reader);
        if (reader.Read())
            return DropReason.Malformed;
        if (reason == DropReason.None)
            sink.Accept(_sample);
        return reason;
    }

    private void DecodeMany(ref Utf8JsonReader reader, ISampleSink sink)
    {
        bool any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            DropReason reason = DropReason.WrongType;
            if (reader.TokenType == JsonTokenType.StartObject)
                reason = ReadSample(ref reader);
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

    private static NameRule Rule(string? text) =>
        NameRule.TryParse(text, out NameRule rule, out string error) ? rule : throw new ArgumentException($"'{text}' is no rule: {error}.", nameof(text));

    private static JsonPath Path(string text) =>
        JsonPath.TryParse(text, out JsonPath path, out string error) ? path : throw new ArgumentException($"'{text}' is no path: {error}.", nameof(text));

    private static JsonPath ArrayPath(string text) =>
        JsonPath.TryParseArray(text, out JsonPath path, out string error) ? path : throw new ArgumentException($"'{text}' is no path: {error}.", nameof(text));
}
