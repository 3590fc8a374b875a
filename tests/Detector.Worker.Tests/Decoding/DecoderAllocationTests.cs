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
        IDecoder decoder = Collector.Decoder(options);
        RawMessage message = Collector.Message(payload);
        var sink = new NullSink();
        for (int i = 0; i < 100; i++)
            decoder.Decode(message, sink);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
            decoder.Decode(message, sink);

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
