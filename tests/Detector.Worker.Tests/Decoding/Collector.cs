using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

/// <summary>Decodes messages and keeps what came out as text: series, time and values.</summary>
internal sealed class Collector : ISampleSink
{
    public const string Now = "2026-01-01T00:00:00Z";

    public List<string> Samples { get; } = [];

    public Dictionary<DropReason, int> Drops { get; } = [];

    public int NotFinite { get; private set; }

    public int WrongType { get; private set; }

    public int Missed { get; private set; }

    public DropReason Reason { get; private set; }

    public static IDecoder Decoder(DecodeOptions options, int maxBytes = 1 << 20) => DecoderFactory.Create(
        options, new DecodeLimits(maxBytes, new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, TimeSpan.FromHours(1), new FakeClock()));

    public static Collector Read(DecodeOptions options, params string[] payloads)
    {
        var collector = new Collector();
        IDecoder decoder = Decoder(options);
        for (int i = 0; i < payloads.Length; i++)
            collector.Reason = decoder.Decode(Message(payloads[i], i), collector);
        return collector;
    }

    public static RawMessage Message(string payload, long offset = 0, string key = "k", string topic = "plant/7/telemetry") =>
        new(Encoding.UTF8.GetBytes(payload), Encoding.UTF8.GetBytes(key), topic, 0, offset, Receipt.None);

    public void Accept(DecodedSample sample)
    {
        var text = new StringBuilder($"{Encoding.UTF8.GetString(sample.Series)} {new DateTime(sample.Ticks, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ss.FFFFFFF}");
        for (int i = 0; i < sample.Count; i++)
            text.Append(FormattableString.Invariant($" {Encoding.UTF8.GetString(sample.Name(i))}={sample.Value(i)}"));
        Samples.Add(text.ToString());
        NotFinite += sample.NotFinite;
        WrongType += sample.WrongType;
    }

    public void Drop(DropReason reason, int samples) => Drops[reason] = Drops.GetValueOrDefault(reason) + samples;

    void ISampleSink.Missed(int messages) => Missed += messages;
}
