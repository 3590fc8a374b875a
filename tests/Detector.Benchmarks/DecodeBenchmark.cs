using System.Globalization;
using System.Text;
using Detector.Tests.Messages;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Benchmarks;

/// <summary>Bytes to samples.</summary>
internal static class DecodeBenchmark
{
    private const int Messages = 64_000;

    public static IDecoder Json() => Decoder(new DecodeOptions { Format = "json", Series = "$.device", Timestamp = "$.ts", Features = "$.values" });

    public static void Run(Report report)
    {
        report.Table("Decoding", "message", "ns a message", "messages/s", "bytes allocated a message");
        byte[][] json = PlantMessages.Create(64, Messages / 64);
        Row(report, "JSON, 8 features", Json(), "sensors", json);
        Row(report, "JSON, one bare number, names from the topic", Decoder(new DecodeOptions { Series = "topic:1", Feature = "topic:2", Timestamp = "arrival" }),
            "plant/pump-1/temperature", Numbers());
        string[] columns = ["timestamp", "id", .. PumpSimulator.Sensors];
        Row(report, "CSV line, 8 features", Decoder(new DecodeOptions { Format = "csv", Series = "column:id", Columns = columns }), "sensors",
            Write((time, pump, values) => $"{time:yyyy-MM-ddTHH:mm:ss.fffZ},{pump},{string.Join(',', values.Select(Text))}"));
        Row(report, "InfluxDB line, 1 tag, 8 fields", Decoder(new DecodeOptions { Format = "influx", Series = "tag:id" }), "sensors",
            Write((time, pump, values) =>
                $"pump,id={pump} {string.Join(',', values.Select((value, i) => $"{PumpSimulator.Sensors[i]}={Text(value)}"))} {time.ToUnixTimeMilliseconds()}000000"));
        IDecoder sparkplug = Decoder(new DecodeOptions { Format = "sparkplug" });
        sparkplug.Decode(Message("spBv1.0/plant/DBIRTH/edge/pump", Payload(PlantMessages.Start, new double[8], name: true, alias: true)), new CountingSink());
        Row(report, "Sparkplug B, 8 metrics by alias", sparkplug, "spBv1.0/plant/DDATA/edge/pump", Sparkplug(name: false));
        Row(report, "Sparkplug B, 8 metrics by name", sparkplug, "spBv1.0/plant/DDATA/edge/pump", Sparkplug(name: true));
    }

    private static void Row(Report report, string name, IDecoder decoder, string topic, byte[][] messages)
    {
        var sink = new CountingSink();
        RawMessage[] raw = [.. messages.Select(payload => Message(topic, payload))];
        (double time, double bytes) = Measure.PerOperation(raw.Length, () =>
        {
            foreach (RawMessage message in raw)
                decoder.Decode(message, sink);
        });
        if (sink.Samples % raw.Length != 0 || sink.Samples == 0)
            throw new InvalidOperationException($"{name}: {sink.Samples} samples of {raw.Length} messages.");
        report.Row($"{name}, {messages[0].Length} bytes", time, 1e9 / time, bytes);
    }

    private static byte[][] Numbers() => Write((_, _, values) => Text(values[0]));

    private static byte[][] Sparkplug(bool name) => Create((time, _, values) => Payload(time, values, name, alias: !name));

    private static byte[] Payload(DateTimeOffset time, double[] values, bool name, bool alias)
    {
        var payload = new SparkplugPayload((ulong)time.ToUnixTimeMilliseconds());
        for (int i = 0; i < values.Length; i++)
            payload.Add(name ? PumpSimulator.Sensors[i] : null, alias ? (ulong)i : null, name ? 10u : 0, values[i]);
        return payload.ToBytes();
    }

    private static byte[][] Write(Func<DateTimeOffset, string, double[], string> text) =>
        Create((time, pump, values) => Encoding.UTF8.GetBytes(text(time, pump, values)));

    private static byte[][] Create(Func<DateTimeOffset, string, double[], byte[]> write)
    {
        var pump = new PumpSimulator(1);
        double[] values = new double[PumpSimulator.Sensors.Count];
        var messages = new byte[Messages][];
        for (int i = 0; i < messages.Length; i++)
        {
            pump.Next(null, 0, values);
            messages[i] = write(PlantMessages.Start.AddSeconds(i), FormattableString.Invariant($"pump-{i % 64}"), values);
        }

        return messages;
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static RawMessage Message(string topic, byte[] payload) => new(payload, default, topic, 0, 1, Receipt.None);

    private static IDecoder Decoder(DecodeOptions options) =>
        DecoderFactory.Create(options, new DecodeLimits(1024 * 1024, 0, TimeSpan.FromDays(3650), TimeProvider.System));

    private sealed class CountingSink : ISampleSink
    {
        public long Samples { get; private set; }

        public void Accept(DecodedSample sample) => Samples++;
    }
}
