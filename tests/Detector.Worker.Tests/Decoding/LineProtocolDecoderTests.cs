using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class LineProtocolDecoderTests
{
    private const string At = "2025-06-01T12:00:00";
    private const string Time = "1748779200000000000";

    [Theory]
    [InlineData("weather temperature=82", "weather AT temperature=82")]
    [InlineData("weather,location=us temperature=82,humidity=-7.1e1", "weather,location=us AT temperature=82 humidity=-71")]
    [InlineData("w,b=2,a=1 x=1", "w,a=1,b=2 AT x=1")]
    [InlineData("w a=12i,b=-3i,c=18446744073709551615u,d=t,e=FALSE,f=True", "w AT a=12 b=-3 c=1.8446744073709552E+19 d=1 e=0 f=1")]
    [InlineData("w a=\"text, with = and \\\" and\nline\",b=1", "w AT a=NaN b=1")]
    [InlineData("wea\\ ther\\,x,lo\\=c=new\\ york temp\\,f=1", "wea ther,x,lo=c=new york AT temp,f=1")]
    [InlineData("w\\x,t=a\\b f\\n=1", "w\\x,t=a\\b AT f\\n=1")]
    [InlineData("\"w\",t=\"v\" \"f\"=1", "\"w\",t=\"v\" AT \"f\"=1")]
    [InlineData("w,straße=köln größe=1", "w,straße=köln AT größe=1")]
    [InlineData("w a=1e400,b=nan,c=1", "w AT a=NaN b=NaN c=1")]
    [InlineData("w label=1,a=2", "w AT a=2")]
    public void Decode_Line_ReadsTheSample(string line, string expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "influx" }, $"{line} {Time}");
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal([expected.Replace("AT", At, StringComparison.Ordinal)], read.Samples);
    }

    [Theory]
    [InlineData(null, "cpu,core=0,host=a,site=x idle=1")]
    [InlineData("tag:host", "a cpu.0.x.idle=1")]
    [InlineData("tag:site, tag:host", "x/a cpu.0.idle=1")]
    [InlineData("measurement,tag:host", "cpu/a 0.x.idle=1")]
    [InlineData("measurement", "cpu 0.a.x.idle=1")]
    [InlineData("topic:1", "7 cpu.0.a.x.idle=1")]
    [InlineData("=all", "all cpu.0.a.x.idle=1")]
    public void Decode_SeriesByRule_PutsTheRestIntoTheFeature(string? series, string expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "influx", Series = series }, $"cpu,site=x,core=0,host=a idle=1 {Time}");
        Assert.Equal([expected.Replace(" ", $" {At} ", StringComparison.Ordinal)], read.Samples);
    }

    [Theory]
    [InlineData("", DropReason.Empty)]
    [InlineData("\n# only a comment\r\n\n", DropReason.Empty)]
    [InlineData("weather", DropReason.Malformed)]
    [InlineData("weather temperature", DropReason.Malformed)]
    [InlineData("weather temperature=", DropReason.Malformed)]
    [InlineData("weather temperature=abc", DropReason.Malformed)]
    [InlineData("weather temperature=1,", DropReason.Malformed)]
    [InlineData("weather =1", DropReason.Malformed)]
    [InlineData(",a=1 b=1", DropReason.Malformed)]
    [InlineData("weather,a b=1", DropReason.Malformed)]
    [InlineData("weather,a= b=1", DropReason.Malformed)]
    [InlineData("weather,=x b=1", DropReason.Malformed)]
    [InlineData("weather a=\"never ends", DropReason.Malformed)]
    [InlineData("weather a=\"x\"y", DropReason.Malformed)]
    [InlineData("weather a=1.5i", DropReason.Malformed)]
    [InlineData("weather a=99999999999999999999i", DropReason.Malformed)]
    [InlineData("weather a=-1u", DropReason.Malformed)]
    [InlineData("weather a=1", DropReason.MissingTimestamp)]
    [InlineData("weather a=1 soon", DropReason.BadTimestamp)]
    [InlineData("weather a=1 1748779200000000000 2", DropReason.BadTimestamp)]
    [InlineData("weather a=1 12", DropReason.TimestampPast)]
    [InlineData("weather a=1 9000000000000000000", DropReason.TimestampFuture)]
    [InlineData("weather a=\"x\" 1748779200000000000", DropReason.WrongType)]
    [InlineData("weather label=1 1748779200000000000", DropReason.NoFeatures)]
    public void Decode_UnusableLine_SaysWhy(string line, DropReason expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "influx" }, line);
        Assert.Equal(expected, read.Reason);
        Assert.Empty(read.Samples);
        Assert.Empty(read.Drops);
    }

    [Fact]
    public void Decode_SeveralLines_GoesOnAfterABadOne()
    {
        const string Text = $"# cpu\ncpu,host=a idle=1 {Time}\r\n\ncpu,host=b idle=\"x\ncpu,host=c idle=3 {Time}\nmem used=1 {Time}\n";
        Collector read = Collector.Read(new DecodeOptions { Format = "influx", Series = "tag:host" }, Text);
        Assert.Equal([$"a {At} cpu.idle=1", $"c {At} cpu.idle=3"], read.Samples);
        Assert.Equal(new() { [DropReason.Malformed] = 1, [DropReason.MissingSeries] = 1 }, read.Drops);
    }

    [Theory]
    [InlineData("s", "1748779200")]
    [InlineData("ms", "1748779200000")]
    [InlineData("us", "1748779200000000")]
    [InlineData("ns", "1748779200000000000")]
    [InlineData("auto", "1748779200000")]
    public void Decode_Precision_IsTheConfigured(string unit, string time) =>
        Assert.Equal([$"w {At} a=1"], Collector.Read(new DecodeOptions { Format = "influx", TimestampUnit = unit }, $"w a=1 {time}").Samples);

    [Theory]
    [InlineData(null, "arrival", "w a=1", "2026-01-01T00:00:00")]
    [InlineData(null, "arrival", "w a=1 1748779200", At)]
    [InlineData("arrival", "drop", "w a=1 1748779200", "2026-01-01T00:00:00")]
    public void Decode_NoTime_TakesTheOtherOne(string? timestamp, string missing, string line, string expected)
    {
        var options = new DecodeOptions { Format = "influx", Timestamp = timestamp, MissingTimestamp = missing };
        Assert.Equal([$"w {expected} a=1"], Collector.Read(options, line).Samples);
    }

    [Fact]
    public void Decode_FeaturesNamed_TakesThoseByEitherName()
    {
        var options = new DecodeOptions { Format = "influx", Series = "tag:h", Features = "idle, mem.used" };
        Assert.Equal(
            [$"a {At} cpu.idle=1", $"a {At} mem.used=3"],
            Collector.Read(options, $"cpu,h=a idle=1,used=2 {Time}\nmem,h=a used=3,free=4 {Time}").Samples);
    }

    [Fact]
    public void Decode_NameTooLong_IsDroppedAndNotMultiplied()
    {
        string line = new string('m', 400_000) + ",h=a " + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"f{i}=1")) + " " + Time;
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Format = "influx", Series = "tag:h" });
        RawMessage message = Collector.Message(line);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DropReason.FeatureLimit, decoder.Decode(message, new Collector()));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }
}
