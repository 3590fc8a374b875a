using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class JsonDecoderTests
{
    private const string Time = "\"timestamp\":\"2025-06-01T12:00:00Z\"";
    private const string At = "2025-06-01T12:00:00";

    [Theory]
    [InlineData("""{"values":{"a":1.5,"b":-2e3},TIME}""", "k AT a=1.5 b=-2000")]
    [InlineData("""{TIME,"values":{"a":null,"b":true,"c":false}}""", "k AT a=NaN b=1 c=0")]
    [InlineData("""{TIME,"values":{"m":{"x":1,"deep":{"y":2}},"z":3}}""", "k AT m.x=1 m.deep.y=2 z=3")]
    [InlineData("""{TIME,"values":{"a":1,"a":2}}""", "k AT a=1 a=2")]
    [InlineData("""{TIME,"a":1,"note":"text","b":true,"list":[1],"n":null,"m":{"x":4}}""", "k AT a=1 b=1 m.x=4")]
    [InlineData("""{TIME,"values":7,"a":1}""", "k AT values=7 a=1")]
    [InlineData("""{TIME,"values":{"caf\u00e9 \"1\"":1,"\ud83d\ude00":2,"\ud800":3,"a\/\n\\":4}}""", "k AT café \"1\"=1 😀=2 \uFFFD=3 a/\n\\=4")]
    [InlineData("\uFEFF \r\n {TIME,\"values\":{\"a\":1}}\n", "k AT a=1")]
    [InlineData("""{"timestamp":"1999-01-01",TIME,"values":{"a":1}}""", "k AT a=1")]
    public void Decode_DefaultOptions_ReadsTheSample(string json, string expected)
    {
        Collector read = Collector.Read(new DecodeOptions(), T(json));
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal([expected.Replace("AT", At, StringComparison.Ordinal)], read.Samples);
    }

    [Theory]
    [InlineData("", DropReason.Empty)]
    [InlineData("  \n", DropReason.Empty)]
    [InlineData("[]", DropReason.Empty)]
    [InlineData("hello", DropReason.Malformed)]
    [InlineData("42", DropReason.Malformed)]
    [InlineData("{", DropReason.Malformed)]
    [InlineData("{}}", DropReason.Malformed)]
    [InlineData("""{TIME,"values":{"a":1}}{}""", DropReason.Malformed)]
    [InlineData("""{TIME,"values":{"a":1,}}""", DropReason.Malformed)]
    [InlineData("""{TIME,"values":{"a":01}}""", DropReason.Malformed)]
    [InlineData("""[1,2]""", DropReason.WrongType)]
    [InlineData("""{"values":{"a":1}}""", DropReason.MissingTimestamp)]
    [InlineData("""{"timestamp":null,"values":{"a":1}}""", DropReason.MissingTimestamp)]
    [InlineData("""{"timestamp":"soon","values":{"a":1}}""", DropReason.BadTimestamp)]
    [InlineData("""{"timestamp":{"x":1},"values":{"a":1}}""", DropReason.BadTimestamp)]
    [InlineData("""{"timestamp":true,"values":{"a":1}}""", DropReason.BadTimestamp)]
    [InlineData("""{"timestamp":"2025-02-29","values":{"a":1}}""", DropReason.BadTimestamp)]
    [InlineData("""{"timestamp":1e300,"values":{"a":1}}""", DropReason.BadTimestamp)]
    [InlineData("""{"timestamp":"1970-01-01T00:00:12Z","values":{"a":1}}""", DropReason.TimestampPast)]
    [InlineData("""{"timestamp":12,"values":{"a":1}}""", DropReason.TimestampPast)]
    [InlineData("""{"timestamp":"9999-12-31T23:59:59Z","values":{"a":1}}""", DropReason.TimestampFuture)]
    [InlineData("""{"timestamp":"2026-01-01T01:00:01Z","values":{"a":1}}""", DropReason.TimestampFuture)]
    [InlineData("""{TIME,"values":{}}""", DropReason.NoFeatures)]
    [InlineData("""{TIME}""", DropReason.NoFeatures)]
    [InlineData("""{TIME,"values":{"a":"3.2","b":[1]}}""", DropReason.WrongType)]
    public void Decode_UnusableMessage_SaysWhy(string json, DropReason expected)
    {
        Collector read = Collector.Read(new DecodeOptions(), T(json));
        Assert.Equal(expected, read.Reason);
        Assert.Empty(read.Samples);
        Assert.Empty(read.Drops);
    }

    [Fact]
    public void Decode_NotFiniteOrNotNumbers_KeepsThemAsMissingAndCounts()
    {
        const string Json = """{TIME,"values":{"a":1e308,"b":NaN,"c":-Infinity,"d":"NaN","e":"3.2","f":[1],"NaN":1e999,"g":2}}""";
        Collector read = Collector.Read(new DecodeOptions(), T(Json));
        Assert.Equal([$"k {At} a=NaN b=NaN c=NaN d=NaN e=NaN f=NaN NaN=NaN g=2"], read.Samples);
        Assert.Equal((4, 3), (read.NotFinite, read.WrongType));
    }

    [Fact]
    public void Decode_ArrayOfObjects_IsSeveralSamples()
    {
        string json = T("""[{TIME,"values":{"a":1}},{"values":{"a":2}},7,{TIME,"a":3},{"timestamp":"x","values":{}}]""");
        Collector read = Collector.Read(new DecodeOptions(), json);
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal([$"k {At} a=1", $"k {At} a=3"], read.Samples);
        Assert.Equal(new() { [DropReason.MissingTimestamp] = 1, [DropReason.WrongType] = 1, [DropReason.BadTimestamp] = 1 }, read.Drops);
    }

    [Fact]
    public void Decode_ArrayBreaksOff_KeepsWhatWasWhole()
    {
        Collector read = Collector.Read(new DecodeOptions(), T("""[{TIME,"values":{"a":1}},{"values":]"""));
        Assert.Equal([$"k {At} a=1"], read.Samples);
        Assert.Equal(new() { [DropReason.Malformed] = 1 }, read.Drops);
    }

    [Fact]
    public void Decode_PathsNamed_FollowsThem()
    {
        var options = new DecodeOptions { Series = "$.meta['device id']", Timestamp = "$.meta.ts", Features = "$.data.sensors" };
        Collector read = Collector.Read(
            options, """{"data":{"x":9,"sensors":{"a":1}},"meta":{"device id":17,"ts":1748779200000,"z":1},"b":2}""", """{"meta":{"ts":1748779200},"data":{"sensors":{"a":1}}}""");
        Assert.Equal([$"17 {At} a=1"], read.Samples);
        Assert.Equal(DropReason.MissingSeries, read.Reason);
    }

    [Fact]
    public void Decode_WholeMessageIsFeatures_LeavesKeyAndTimeOut()
    {
        var options = new DecodeOptions { Series = "$.id", Timestamp = "$.ts", Features = "$" };
        Assert.Equal([$"p1 {At} a=1 values.b=2"], Collector.Read(options, """{"ts":1748779200,"a":1,"id":"p1","values":{"b":2}}""").Samples);
    }

    [Fact]
    public void Decode_LayoutChangesBetweenMessages_ReadsBoth()
    {
        Collector read = Collector.Read(
            new DecodeOptions(), T("""{TIME,"a":1}"""), T("""{"x":5,TIME,"values":{"b":2}}"""), T("""{TIME,"c":3}"""));
        Assert.Equal([$"k {At} a=1", $"k {At} b=2", $"k {At} c=3"], read.Samples);
    }

    [Theory]
    [InlineData("topic", "plant/7/telemetry")]
    [InlineData("topic:1", "7")]
    [InlineData("=pump", "pump")]
    [InlineData("key", "k")]
    public void Decode_SeriesOutsideTheMessage_IsTaken(string rule, string expected) =>
        Assert.Equal([$"{expected} {At} a=1"], Collector.Read(new DecodeOptions { Series = rule }, T("""{TIME,"a":1}""")).Samples);

    [Fact]
    public void Decode_NoUsableSeries_IsDropped()
    {
        IDecoder decoder = Collector.Decoder(new DecodeOptions());
        string json = T("""{TIME,"a":1}""");
        Assert.Equal(DropReason.MissingSeries, decoder.Decode(Collector.Message(json, key: ""), new Collector()));
        Assert.Equal(DropReason.MissingSeries, decoder.Decode(Collector.Message(json, key: new string('x', 600)), new Collector()));
        Assert.Equal(DropReason.MissingSeries, decoder.Decode(Collector.Message(json) with { Key = new byte[] { 0xFF, 0x00 } }, new Collector()));
        Assert.Equal(DropReason.MissingSeries, Collector.Read(new DecodeOptions { Series = "topic:9" }, json).Reason);
    }

    [Fact]
    public void Decode_TooLarge_IsDroppedUnread()
    {
        byte[] payload = new byte[10 << 20];
        Assert.Equal(DropReason.TooLarge, Collector.Decoder(new DecodeOptions()).Decode(Collector.Message("") with { Payload = payload }, new Collector()));
    }

    [Fact]
    public void Decode_NestedTooDeep_IsMalformed() =>
        Assert.Equal(DropReason.Malformed, Collector.Read(new DecodeOptions(), new string('[', 100_000) + new string(']', 100_000)).Reason);

    private static string T(string json) => json.Replace("TIME", Time, StringComparison.Ordinal);
}
