using Detector.Tests.Messages;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Decoding.Sparkplug;

namespace Detector.Worker.Tests.Decoding;

public sealed class SparkplugDecoderTests
{
    private const string At = "2025-06-01T12:00:00";
    private const ulong Noon = 1_748_779_200_000;

    private readonly Collector _sink = new();
    private IDecoder _decoder = Collector.Decoder(new DecodeOptions { Format = "sparkplug" });

    [Fact]
    public void Decode_BirthThenDataByAlias_KnowsNamesAndTypes()
    {
        Assert.Equal(DropReason.None, Send("DBIRTH/edge/pump", new SparkplugPayload(Noon, 1).Add("level", 1, 9, 1.5f).Add("cold", 2, 3, unchecked((uint)-40))));
        Assert.Equal(DropReason.None, Send("DDATA/edge/pump", new SparkplugPayload(Noon + 1000, 2).Add(null, 2, 0, unchecked((uint)-41))));
        Assert.Equal([$"plant/edge/pump {At} level=1.5 cold=-40", "plant/edge/pump 2025-06-01T12:00:01 cold=-41"], _sink.Samples);
        Assert.Equal(0, _sink.Missed);
    }

    [Theory]
    [InlineData(1, 0xFFFFFFD8u, -40)]
    [InlineData(1, 0xD8u, -40)]
    [InlineData(2, 0xFFD8u, -40)]
    [InlineData(3, 0xFFFFFFD8u, -40)]
    [InlineData(4, ulong.MaxValue - 39, -40)]
    [InlineData(4, 40ul, 40)]
    [InlineData(5, 200u, 200)]
    [InlineData(6, 60000u, 60000)]
    [InlineData(7, 4294967295u, 4294967295)]
    [InlineData(8, 18446744073709551615ul, 18446744073709551615d)]
    [InlineData(9, 1.5f, 1.5)]
    [InlineData(10, -1e-3, -1e-3)]
    [InlineData(11, true, 1)]
    [InlineData(0, 7u, 7)]
    public void Decode_NumberOfAnyType_IsRead(uint type, object value, double expected)
    {
        Send("NDATA/edge", new SparkplugPayload(Noon).Add("x", null, type, value));
        Assert.Equal([FormattableString.Invariant($"plant/edge {At} x={expected}")], _sink.Samples);
    }

    [Fact]
    public void Decode_NotNumbers_AreMissingSkippedOrWrongType()
    {
        Send("NBIRTH/edge", new SparkplugPayload(Noon, 0)
            .Add("bdSeq", null, 4, 3ul).Add("Node Control/Rebirth", null, 11, false).Add("serial", null, 12, "A7").Add("since", null, 13, Noon)
            .Add("a", 1, 10, null, isNull: true).Add("b", 2, 10, "x").Add("c", 3, 10, double.NaN).Add("d", 4, 10, 1d).Add("label", 5, 10, 1d));
        Assert.Equal([$"plant/edge {At} a=NaN b=NaN c=NaN d=1"], _sink.Samples);
        Assert.Equal((1, 1), (_sink.WrongType, _sink.NotFinite));
    }

    [Fact]
    public void Decode_TimesDiffer_GivesSamplesInOrderOfTime()
    {
        Send("NDATA/edge", new SparkplugPayload(Noon + 5000)
            .Add("a", null, 10, 3d, Noon + 2000).Add("b", null, 10, 1d, Noon).Add("a", null, 10, 2d, Noon).Add("b", null, 10, 9d));
        Assert.Equal([$"plant/edge {At} b=1 a=2", "plant/edge 2025-06-01T12:00:02 a=3", "plant/edge 2025-06-01T12:00:05 b=9"], _sink.Samples);
    }

    [Fact]
    public void Decode_AliasWithoutBirth_IsDroppedForThatReason()
    {
        Assert.Equal(DropReason.UnknownAlias, Send("NDATA/edge", new SparkplugPayload(Noon).Add(null, 1, 10, 1d)));
        Assert.Equal(DropReason.None, Send("NDATA/edge", new SparkplugPayload(Noon).Add(null, 1, 10, 1d).Add("b", null, 10, 2d)));
        Assert.Equal([$"plant/edge {At} b=2"], _sink.Samples);
        Assert.Equal(new() { [DropReason.UnknownAlias] = 1 }, _sink.Drops);
        Assert.Equal("unknown_alias", DropReason.UnknownAlias.Label());
    }

    [Fact]
    public void Decode_AnotherBirth_ReplacesTheAliases()
    {
        Send("NBIRTH/edge", new SparkplugPayload(Noon, 0).Add("a", 1, 10, 1d).Add("b", 2, 10, 1d));
        Send("NBIRTH/edge", new SparkplugPayload(Noon, 0).Add("c", 1, 10, 1d));
        _sink.Samples.Clear();
        Send("NDATA/edge", new SparkplugPayload(Noon, 1).Add(null, 1, 0, 5d));
        Assert.Equal([$"plant/edge {At} c=5"], _sink.Samples);
        Assert.Equal(DropReason.UnknownAlias, Send("NDATA/edge", new SparkplugPayload(Noon, 2).Add(null, 2, 0, 5d)));
        Assert.Equal(DropReason.UnknownAlias, Send("DDATA/edge/other", new SparkplugPayload(Noon, 3).Add(null, 1, 0, 5d)));
    }

    [Fact]
    public void Decode_GapInTheSequence_IsNoticed()
    {
        Send("NBIRTH/edge", new SparkplugPayload(Noon, 0).Add("a", 1, 10, 1d));
        foreach (ulong number in new ulong[] { 1, 2, 5, 5, 4, 6, 8 })
            Send("NDATA/edge", new SparkplugPayload(Noon, number).Add(null, 1, 0, 1d));
        Assert.Equal(3, _sink.Missed);
        Send("DDEATH/edge/pump", new SparkplugPayload(Noon, 9));
        Send("NBIRTH/edge", new SparkplugPayload(Noon, 0).Add("a", 1, 10, 1d));
        Send("NDATA/edge", new SparkplugPayload(Noon, 1).Add(null, 1, 0, 1d));
        Assert.Equal(3, _sink.Missed);
    }

    [Fact]
    public void Decode_SequenceRollsOver_MissesNothing()
    {
        for (int i = 0; i < 600; i++)
            Send("NDATA/edge", new SparkplugPayload(Noon, (ulong)(i % 256)).Add("a", null, 10, 1d));
        Assert.Equal(0, _sink.Missed);
    }

    [Theory]
    [InlineData("spBv1.0/plant/NDEATH/edge", DropReason.None)]
    [InlineData("spBv1.0/plant/NCMD/edge", DropReason.None)]
    [InlineData("spBv1.0/plant/DCMD/edge/pump", DropReason.None)]
    [InlineData("spBv1.0/STATE/scada", DropReason.None)]
    [InlineData("STATE/scada", DropReason.None)]
    [InlineData("spBv1.0/plant/NDATA/edge/pump", DropReason.Malformed)]
    [InlineData("spBv1.0/plant/DDATA/edge", DropReason.Malformed)]
    [InlineData("spBv1.0/plant/WHAT/edge", DropReason.Malformed)]
    [InlineData("spBv1.0//NDATA/edge", DropReason.Malformed)]
    [InlineData("plant/7/telemetry", DropReason.Malformed)]
    [InlineData("spBv1.0/plant/NDATA/edge", DropReason.Malformed)]
    public void Decode_OtherTopics_HoldNoSamplesOrAreForeign(string topic, DropReason expected)
    {
        Assert.Equal(expected, _decoder.Decode(Collector.Message("no payload", topic: topic), _sink));
        Assert.Empty(_sink.Samples);
    }

    [Fact]
    public void Decode_NoSample_SaysWhy()
    {
        Assert.Equal(DropReason.Empty, _decoder.Decode(Collector.Message("", topic: "spBv1.0/plant/NDATA/edge"), _sink));
        Assert.Equal(DropReason.NoFeatures, Send("NDATA/edge", new SparkplugPayload(Noon)));
        Assert.Equal(DropReason.None, Send("NBIRTH/edge", new SparkplugPayload(Noon).Add("bdSeq", null, 4, 1ul)));
        Assert.Equal(DropReason.MissingTimestamp, Send("NDATA/edge", new SparkplugPayload().Add("a", null, 10, 1d)));
        Assert.Equal(DropReason.TimestampPast, Send("NDATA/edge", new SparkplugPayload(5).Add("a", null, 10, 1d)));
        Assert.Equal(DropReason.TimestampFuture, Send("NDATA/edge", new SparkplugPayload(ulong.MaxValue).Add("a", null, 10, 1d)));
        Assert.Equal(DropReason.WrongType, Send("NDATA/edge", new SparkplugPayload(Noon).Add("a", null, 10, "x")));
        Assert.Empty(_sink.Samples);
    }

    [Theory]
    [InlineData("12FFFFFFFF07")]
    [InlineData("08011205FFFFFFFF07")]
    [InlineData("12FFFFFFFF070A80DCF3DAF232180112021898D4F3DAF232500812150A01651885DCF3DAF232200A690000000000408F40D2120410095001095001")]
    [InlineData("12FFFFFFFFFFFFFFFFFF01")]
    [InlineData("12050AFFFFFF7F")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0B0B0B0B")]
    [InlineData("0C")]
    [InlineData("00")]
    public void Decode_LengthsAndNumbersBeyondTheEnd_AreMalformed(string hex)
    {
        byte[] payload = Convert.FromHexString(hex);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DropReason.Malformed, _decoder.Decode(Collector.Message("", topic: "spBv1.0/g/NDATA/e") with { Payload = payload }, _sink));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Decode_SeriesAndTimeByOptions_AreTaken()
    {
        _decoder = Collector.Decoder(new DecodeOptions { Format = "sparkplug", Series = "topic:3", Timestamp = "arrival", Features = "a" });
        Send("DDATA/edge/pump", new SparkplugPayload(Noon).Add("a", null, 10, 1d).Add("b", null, 10, 1d));
        Assert.Equal(["edge 2026-01-01T00:00:00 a=1"], _sink.Samples);
    }

    [Fact]
    public void Register_FloodOfBirths_StaysBounded()
    {
        var births = new BirthRegister();
        var payload = new Payload();
        var written = new SparkplugPayload(Noon);
        for (uint i = 0; i < 1000; i++)
            written.Add($"metric {i}", i, 10, 1d);
        Assert.True(payload.TryRead(written.ToBytes()));
        for (int i = 0; i < 1000; i++)
        {
            births.Declare($"device {i}", payload.Metrics);
            births.Of("device 0");
        }

        Assert.InRange(births.Metrics, BirthRegister.MaxMetrics - 1000, BirthRegister.MaxMetrics);
        Assert.True(births.Of("device 0").TryGet(7, out BornMetric? metric));
        Assert.Equal("metric 7"u8.ToArray(), metric.Name);
        for (int i = 0; i < BirthRegister.MaxOwners + 100; i++)
            births.Of($"node {i}");
        Assert.Equal(BirthRegister.MaxOwners, births.Owners);
    }

    private DropReason Send(string topic, SparkplugPayload payload)
    {
        int slash = topic.IndexOf('/', StringComparison.Ordinal);
        string name = $"spBv1.0/plant/{topic[..slash]}{topic[slash..]}";
        return _decoder.Decode(Collector.Message("", topic: name) with { Payload = payload.ToBytes() }, _sink);
    }
}
