using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

/// <summary>Messages of one value, arrays inside messages, and times that come from elsewhere.</summary>
public sealed class JsonShapesTests
{
    private const string At = "2025-06-01T12:00:00";
    private const string Arrival = "2026-01-01T00:00:00";

    [Theory]
    [InlineData("21.5", "telemetry=21.5")]
    [InlineData(" -3e2\n", "telemetry=-300")]
    [InlineData("true", "telemetry=1")]
    [InlineData("FALSE", "telemetry=0")]
    [InlineData("nan", "telemetry=NaN")]
    [InlineData("1e999", "telemetry=NaN")]
    [InlineData("""{"value":21.5}""", "telemetry=21.5")]
    [InlineData("""{"unit":"C","value":true}""", "telemetry=1")]
    [InlineData("""{"value":null}""", "telemetry=NaN")]
    public void Decode_OneValueATopic_TakesNamesFromTheTopic(string payload, string expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Series = "topic:0,topic:1", Feature = "topic:2", Timestamp = "arrival" }, payload);
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal([$"plant/7 {Arrival} {expected}"], read.Samples);
    }

    [Theory]
    [InlineData("on", DropReason.WrongType)]
    [InlineData("\"21.5\"", DropReason.WrongType)]
    [InlineData("21.5 C", DropReason.WrongType)]
    [InlineData("""{"value":"21.5"}""", DropReason.WrongType)]
    [InlineData("""{"value":[21.5]}""", DropReason.WrongType)]
    [InlineData("""{"reading":21.5}""", DropReason.NoFeatures)]
    [InlineData("  ", DropReason.Empty)]
    [InlineData("{21.5", DropReason.Malformed)]
    public void Decode_OneValueUnusable_SaysWhy(string payload, DropReason expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Series = "topic:1", Feature = "topic:2", Timestamp = "arrival" }, payload);
        Assert.Equal(expected, read.Reason);
        Assert.Empty(read.Samples);
    }

    [Fact]
    public void Decode_TopicTooShort_HasNoSeriesOrNoFeature()
    {
        Assert.Equal(DropReason.NoFeatures, Collector.Read(new DecodeOptions { Series = "topic:1", Feature = "topic:9", Timestamp = "arrival" }, "1").Reason);
        Assert.Equal(DropReason.MissingSeries, Collector.Read(new DecodeOptions { Series = "topic:1,topic:9", Feature = "topic:2", Timestamp = "arrival" }, "1").Reason);
    }

    [Fact]
    public void Decode_BareNumberInvalidUtf8_IsMalformed()
    {
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Feature = "=a", Timestamp = "arrival" });
        Assert.Equal(DropReason.Malformed, decoder.Decode(Collector.Message("") with { Payload = new byte[] { 0x31, 0xFF } }, new Collector()));
    }

    [Fact]
    public void Decode_NameBesideTheValue_IsFoundWhateverTheOrder()
    {
        var options = new DecodeOptions { Series = "=s", Feature = "$.NodeId", Features = "$.Value.Value", Timestamp = "$.Value.SourceTimestamp" };
        Collector read = Collector.Read(options, """
            [{"NodeId":"ns=2;s=Speed","Value":{"Value":1200,"SourceTimestamp":"2025-06-01T12:00:00Z"}},
             {"Value":{"SourceTimestamp":"2025-06-01T12:00:00Z","Value":false},"NodeId":"Running"},
             {"Value":{"SourceTimestamp":"2025-06-01T12:00:00Z","Value":1},"NodeId":["x"]}]
            """);
        Assert.Equal([$"s {At} ns=2;s=Speed=1200", $"s {At} Running=0"], read.Samples);
        Assert.Equal(new() { [DropReason.NoFeatures] = 1 }, read.Drops);
    }

    [Theory]
    [InlineData("""{"device":"p1","samples":[{"ts":1748779200,"values":{"a":1}},{"ts":1748779201,"values":{"a":2}}]}""", "p1 AT a=1", "p1 AT:01 a=2")]
    [InlineData("""{"samples":[{"ts":1748779200,"values":{"a":1}}],"x":{"y":[1]},"device":"p1"}""", "p1 AT a=1")]
    [InlineData("""{"samples":[{"values":{"a":1},"device":"p2"},{"a":2,"ts":1748779201}],"device":"p1","ts":1748779200}""", "p2 AT a=1", "p1 AT:01 a=2")]
    [InlineData("""{"device":"caf\u00e9","samples":[{"ts":1748779200,"values":{"a":NaN}}]}""", "café AT a=NaN")]
    public void Decode_ArrayInside_SamplesTakeOverWhatTheyLack(string json, params string[] expected)
    {
        var options = new DecodeOptions { Samples = "$.samples[*]", Series = "$.device", Timestamp = "$.ts" };
        Collector read = Collector.Read(options, json);
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal(expected.Select(text => text.Replace("AT:01", "2025-06-01T12:00:01", StringComparison.Ordinal).Replace("AT", At, StringComparison.Ordinal)), read.Samples);
    }

    [Theory]
    [InlineData("""{"device":"p1"}""", DropReason.NoFeatures)]
    [InlineData("""{"device":"p1","samples":{}}""", DropReason.WrongType)]
    [InlineData("""{"device":"p1","samples":null}""", DropReason.WrongType)]
    [InlineData("""{"device":"p1","samples":[]}""", DropReason.Empty)]
    [InlineData("""{"device":"p1","samples":[1,2]}""", DropReason.WrongType)]
    [InlineData("""{"samples":[{"timestamp":1748779200,"a":1}]}""", DropReason.MissingSeries)]
    [InlineData("""{"device":"p1","timestamp":"soon","samples":[{"a":1}]}""", DropReason.BadTimestamp)]
    [InlineData("""{"device":"p1","samples":[{"timestamp":1748779200,"a":1}]""", DropReason.Malformed)]
    [InlineData("""{"device":"p1","samples":[{"timestamp":1748779200,"a":1}],}""", DropReason.Malformed)]
    public void Decode_ArrayInsideUnusable_SaysWhy(string json, DropReason expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Samples = "$.samples", Series = "$.device" }, json);
        Assert.Equal(expected, read.Reason);
        Assert.Empty(read.Samples);
    }

    [Fact]
    public void Decode_NameAroundTheArray_HoldsForAll()
    {
        var options = new DecodeOptions { Series = "=s", Samples = "$.points", Feature = "$.name", Features = "$.v", Timestamp = "$.t", TimestampUnit = "ms" };
        Collector read = Collector.Read(options, """{"name":"temperature","points":[{"t":1748779200000,"v":1},{"t":1748779201000,"v":2,"name":"pressure"}]}""");
        Assert.Equal([$"s {At} temperature=1", "s 2025-06-01T12:00:01 pressure=2"], read.Samples);
    }

    [Theory]
    [InlineData("drop", null, DropReason.MissingTimestamp)]
    [InlineData("broker", "2025-12-31T23:00:00", DropReason.None)]
    [InlineData("arrival", Arrival, DropReason.None)]
    public void Decode_TimeMissing_IsWhatTheOptionsSay(string option, string? expected, DropReason reason)
    {
        foreach (string format in new[] { "json", "csv" })
        {
            var options = new DecodeOptions { Format = format, MissingTimestamp = option, Columns = format == "csv" ? ["timestamp", "a"] : [] };
            var sink = new Collector();
            RawMessage message = Collector.Message(format == "csv" ? ",1" : """{"timestamp":null,"a":1}""")
                with { BrokerTicks = new DateTime(2025, 12, 31, 23, 0, 0, DateTimeKind.Utc).Ticks };
            Assert.Equal(reason, Collector.Decoder(options).Decode(message, sink));
            Assert.Equal(expected is null ? [] : [$"k {expected} a=1"], sink.Samples);
        }
    }

    [Fact]
    public void Decode_BrokerTimeWanted_IgnoresThePayloads()
    {
        var options = new DecodeOptions { Timestamp = "broker", Features = "$.values" };
        const string Json = """{"timestamp":1,"values":{"a":1}}""";
        Assert.Equal(DropReason.MissingTimestamp, Collector.Read(options, Json).Reason);
        var sink = new Collector();
        Collector.Decoder(options).Decode(Collector.Message(Json) with { BrokerTicks = new DateTime(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc).Ticks }, sink);
        Assert.Equal([$"k {At} a=1"], sink.Samples);
    }

    [Fact]
    public void Decode_BrokerTimeImplausible_IsHeldAgainstTheLimits()
    {
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Timestamp = "broker", Feature = "=a" });
        Assert.Equal(DropReason.TimestampPast, decoder.Decode(Collector.Message("1") with { BrokerTicks = 1 }, new Collector()));
        Assert.Equal(DropReason.TimestampFuture, decoder.Decode(Collector.Message("1") with { BrokerTicks = DateTime.MaxValue.Ticks }, new Collector()));
    }

    [Fact]
    public void Decode_ManyTopics_AreToldApart()
    {
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Series = "topic:1", Feature = "topic:2", Timestamp = "arrival" });
        var sink = new Collector();
        for (int i = 0; i < 20_000; i++)
            decoder.Decode(Collector.Message("1", topic: $"p/{i % 10_000}/t"), sink);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"{i % 10_000} {Arrival} t=1"), sink.Samples);
    }

    [Fact]
    public void Decode_ValuesOfAllKinds_SaysOfEachWhyItIsMissing()
    {
        var sink = new Faults();
        Collector.Decoder(new DecodeOptions()).Decode(Collector.Message("""{"timestamp":1748779200,"values":{"a":1,"b":NaN,"c":"x","d":null}}"""), sink);
        Assert.Equal([null, ValueFault.NotFinite, ValueFault.WrongType, null], sink.Found);
    }

    private sealed class Faults : ISampleSink
    {
        public List<ValueFault?> Found { get; } = [];

        public void Accept(DecodedSample sample)
        {
            for (int i = 0; i < sample.Count; i++)
                Found.Add(sample.Fault(i));
        }
    }
}
