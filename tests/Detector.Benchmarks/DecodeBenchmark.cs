using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Benchmarks;

/// <summary>Bytes to samples.</summary>
internal static class DecodeBenchmark
{
    public static IDecoder Json() => DecoderFactory.Create(
        new DecodeOptions { Format = "json", Series = "$.device", Timestamp = "$.ts", Features = "$.values" },
        new DecodeLimits(1024 * 1024, 0, TimeSpan.FromDays(3650), TimeProvider.System));

    public static void Run(Report report)
    {
        byte[][] messages = PlantMessages.Create(64, 1000);
        var sink = new CountingSink();
        IDecoder decoder = Json();
        (double time, double bytes) = Measure.PerOperation(messages.Length, () =>
        {
            foreach (byte[] message in messages)
                decoder.Decode(PlantMessages.Message(message), sink);
        });
        report.Table("Decoding", "message", "ns a message", "messages/s", "bytes allocated a message");
        report.Row($"JSON, 8 features, {messages[0].Length} bytes", time, 1e9 / time, bytes);
    }

    private sealed class CountingSink : ISampleSink
    {
        public long Values { get; private set; }

        public void Accept(DecodedSample sample) => Values += sample.Count;
    }
}
