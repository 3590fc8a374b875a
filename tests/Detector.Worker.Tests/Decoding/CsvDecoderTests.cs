using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class CsvDecoderTests
{
    private const string At = "2020-03-09T10:14:33";

    [Theory]
    [InlineData("timestamp,a,b,label", "2020-03-09 10:14:33,1.5,-2,1", "k AT a=1.5 b=-2")]
    [InlineData("timestamp;a;b", "2020-03-09 10:14:33;1;2", "k AT a=1 b=2")]
    [InlineData("timestamp\ta\tb", "2020-03-09 10:14:33\t\t2", "k AT a=NaN b=2")]
    [InlineData("\uFEFF\"timestamp\",\"a, \"\"x\"\"\",b\r", "\"2020-03-09 10:14:33\" , \"1\" ,2\r", "k AT a, \"x\"=1 b=2")]
    [InlineData("A,TimeStamp,b", " 3 ,2020-03-09T10:14:33Z,", "k AT A=3 b=NaN")]
    [InlineData("timestamp,a,b", "1583748873,true,FALSE", "k AT a=1 b=0")]
    public void Decode_HeaderThenRow_ReadsTheSample(string header, string row, string expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "csv" }, header, row);
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Equal([expected.Replace("AT", At, StringComparison.Ordinal)], read.Samples);
    }

    [Fact]
    public void Decode_SkabHeader_LeavesItsLabelsOut()
    {
        var options = new DecodeOptions { Format = "csv", Timestamp = "datetime", Ignore = ["anomaly", "changepoint"], Series = "=valve" };
        Collector read = Collector.Read(options, "datetime;Accelerometer1RMS;Current;anomaly;changepoint", "2020-03-09 10:14:33;0.026588;1.3302;0.0;0.0");
        Assert.Equal([$"valve {At} Accelerometer1RMS=0.026588 Current=1.3302"], read.Samples);
    }

    [Fact]
    public void Decode_NotNumbers_KeepsThemAsMissingAndCounts()
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "csv" }, "timestamp,a,b,c,d,e,f", "1583748873,nan,-inf,Infinity,1e300,x,1");
        Assert.Equal([$"k {At} a=NaN b=NaN c=NaN d=NaN e=NaN f=1"], read.Samples);
        Assert.Equal((4, 1), (read.NotFinite, read.WrongType));
    }

    [Theory]
    [InlineData("", DropReason.Empty)]
    [InlineData("\r\n", DropReason.Empty)]
    [InlineData("1583748873,1", DropReason.Malformed)]
    [InlineData("1583748873,1,2,3", DropReason.Malformed)]
    [InlineData("1583748873,\"1,2", DropReason.Malformed)]
    [InlineData("1583748873,\"1\"x,2", DropReason.Malformed)]
    [InlineData("1583748873,1\"x,2", DropReason.Malformed)]
    [InlineData(",1,2", DropReason.MissingTimestamp)]
    [InlineData("never,1,2", DropReason.BadTimestamp)]
    [InlineData("1970-01-01 00:00:00,1,2", DropReason.TimestampPast)]
    [InlineData("9999-01-01 00:00:00,1,2", DropReason.TimestampFuture)]
    [InlineData("1583748873,x,y", DropReason.WrongType)]
    public void Decode_UnusableRow_SaysWhy(string row, DropReason expected)
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "csv" }, "timestamp,a,b", row);
        Assert.Equal(expected, read.Reason);
        Assert.Empty(read.Samples);
    }

    [Fact]
    public void Decode_SeveralLines_AreSeveralSamples()
    {
        var options = new DecodeOptions { Format = "csv", Columns = ["timestamp", "pump", "a"], Series = "column:pump" };
        Collector read = Collector.Read(options, "timestamp,pump,a\n1583748873,p1,1\n\n1583748873,p2,\"2\"\nbad,p1,3\n1583748873,,4\n");
        Assert.Equal([$"p1 {At} a=1", $"p2 {At} a=2"], read.Samples);
        Assert.Equal(new() { [DropReason.BadTimestamp] = 1, [DropReason.MissingSeries] = 1 }, read.Drops);
    }

    [Fact]
    public void Decode_OnlyAHeader_HoldsNoSampleAndIsNoDrop()
    {
        Collector read = Collector.Read(new DecodeOptions { Format = "csv" }, "timestamp,a");
        Assert.Equal(DropReason.None, read.Reason);
        Assert.Empty(read.Samples);
    }

    [Fact]
    public void Decode_RowBeforeAnyHeader_IsMalformed() =>
        Assert.Equal(DropReason.Malformed, Collector.Decoder(new DecodeOptions { Format = "csv" }).Decode(Collector.Message("1583748873,1", offset: 4), new Collector()));

    [Fact]
    public void Decode_FeaturesNamed_TakesThoseColumns()
    {
        var options = new DecodeOptions { Format = "csv", Features = "b, c" };
        Assert.Equal([$"k {At} b=2 c=3"], Collector.Read(options, "timestamp,a,b,c", "1583748873,1,2,3").Samples);
    }

    [Fact]
    public void Decode_QuotedLineBreak_StaysInItsField()
    {
        var options = new DecodeOptions { Format = "csv", Columns = ["timestamp", "id", "a"], Series = "column:id" };
        Assert.Equal([$"x\ny {At} a=1"], Collector.Read(options, "1583748873,\"x\ny\",1").Samples);
    }
}
