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

    private static void AllocatesNothing(DecodeOptions options, params string[] payloads)
    {
        IDecoder decoder = Collector.Decoder(options);
        RawMessage[] messages = [.. payloads.Select((payload, i) => Collector.Message(payload, topic: $"plant/{i}/telemetry"))];
        var sink = new NullSink();
        for (int i = 0; i < 200; i++)
            decoder.Decode(messages[i % messages.Length], sink);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
            decoder.Decode(messages[i % messages.Length], sink);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
