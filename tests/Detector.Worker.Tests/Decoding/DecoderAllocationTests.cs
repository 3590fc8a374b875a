using Detector.Tests.Messages;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class DecoderAllocationTests
{
    [Theory]
    [InlineData("json", "$.id", """{"timestamp":"2025-06-01T12:00:00Z","id":"pump-1","values":{"a":1.5,"b":{"c":2},"d":null,"e\u00e9":3}}""")]
    [InlineData("json", "key", """[{"timestamp":1748779200.25,"a":1},{"timestamp":1748779200,"values":{"a":NaN}}]""")]
    [InlineData("json", "key", """{"timestamp":"2025-06-01T12:00:00Z","values":{"a":"x"}}""")]
    [InlineData("json", "key", "this is no JSON")]
    [InlineData("csv", "column:id", "2025-06-01 12:00:00,\"pump \"\"1\"\"\",1.5,,x\n1748779200,p,1,2,3\n")]
    [InlineData("csv", "topic:1", "1748779200,p,1,2,3")]
    public void Decode_SteadyState_AllocatesNothing(string format, string series, string payload)
    {
        var options = new DecodeOptions { Format = format, Series = series, Columns = format == "csv" ? ["timestamp", "id", "a", "b", "c"] : [] };
        AllocatesNothing(options, payload);
    }

    [Theory]
    [InlineData("""{"id":"p","name":"t","samples":[{"timestamp":1748779200,"value":1},{"timestamp":1748779201,"value":"x"}]}""")]
    [InlineData("""{"name":"t","value":21.5,"timestamp":1748779200}""")]
    [InlineData("21.5")]
    [InlineData("on")]
    public void Decode_OneValue_AllocatesNothing(string payload)
    {
        bool many = payload.Contains("samples", StringComparison.Ordinal);
        var options = new DecodeOptions
        {
            Series = "topic:0,topic:1", Feature = payload[0] == '{' ? "$.name" : "topic:2", MissingTimestamp = "arrival", Samples = many ? "$.samples[*]" : null,
        };
        AllocatesNothing(options, payload);
    }

    [Theory]
    [InlineData(null, "cpu,b=2,a=1,host=x idle=1.5,user=2i,on=t,note=\"x\\\"y\" 1748779200000000000\nmem,host=y used=1u 1748779200\n")]
    [InlineData("tag:host", "# comment\ncpu,core=0,host=new\\ york idle=1 1748779200")]
    [InlineData("tag:host", "cpu idle=1 1748779200\ncpu,host= idle=1\nno line")]
    public void Decode_LineProtocol_AllocatesNothing(string? series, string payload) =>
        AllocatesNothing(new DecodeOptions { Format = "influx", Series = series }, payload);

    [Fact]
    public void Decode_SparkplugByAlias_AllocatesNothing()
    {
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Format = "sparkplug" });
        RawMessage birth = Collector.Message("", topic: "spBv1.0/g/NBIRTH/e") with { Payload = new SparkplugPayload(1_748_779_200_000, 0).Add("a", 1, 9, 1f).Add("b", 2, 3, 1u).ToBytes() };
        RawMessage data = Collector.Message("", topic: "spBv1.0/g/NDATA/e")
            with { Payload = new SparkplugPayload(1_748_779_200_000).Add(null, 1, 0, 2f).Add(null, 2, 0, 2u, 1_748_779_100_000).Add(null, 9, 0, 2u).ToBytes() };
        decoder.Decode(birth, new NullSink());
        AllocatesNothing(decoder, data);
    }

    private static void AllocatesNothing(DecodeOptions options, params string[] payloads)
    {
        AllocatesNothing(Collector.Decoder(options), [.. payloads.Select(payload => Collector.Message(payload))]);
    }

    private static void AllocatesNothing(IDecoder decoder, params RawMessage[] messages)
    {
        var sink = new NullSink();
        for (int i = 0; i < 200; i++)
            decoder.Decode(messages[i % messages.Length], sink);

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 10_000; i++)
                decoder.Decode(messages[i % messages.Length], sink);
        }));
    }

    private sealed class NullSink : ISampleSink
    {
        public void Accept(DecodedSample sample)
        {
        }

        public void Drop(DropReason reason, int samples)
        {
        }
    }
}
