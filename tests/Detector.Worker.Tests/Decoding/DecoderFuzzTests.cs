using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class DecoderFuzzTests
{
    private const int Messages = 100_000;

    private static readonly string[] s_seeds =
    [
        """{"timestamp":"2025-06-01T12:00:00Z","values":{"a":1.5,"b":{"c":[1,"x\u00e9"],"d":null}},"id":"p"}""",
        """[{"timestamp":1748779200,"a":1,"id":"\ud83d\ude00"},{"timestamp":1748779200123456789,"values":{"a":NaN}}]""",
        "timestamp,a,b\n2025-06-01 12:00:00,1,2\n1748779200,\"3\"\"\",\n",
        "1748779200,1.5;\"x\n\",-inf\r\n",
        "",
    ];

    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-", "NaN", "Infinity", "\\u", "\\ud800", "\\", "\n", "\r", ";", "\t", "timestamp", "values", "\uFEFF", "é",
        "9999-12-31T23:59:59Z", "0", "99999999999999999999999999999999", "1e-400", ".",
    ];

    [Theory]
    [InlineData("json", null, null)]
    [InlineData("json", "$.id", "$")]
    [InlineData("json", "topic:1", "$.values.b")]
    [InlineData("csv", null, null)]
    [InlineData("csv", "column:a", "b")]
    public void Decode_MutatedMessages_AreAllAccountedForAndNeverThrow(string format, string? series, string? features)
    {
        var random = new Random(77);
        IDecoder decoder = Collector.Decoder(new DecodeOptions { Format = format, Series = series, Features = features });
        var sink = new Collector();
        int accepted = 0;
        int dropped = 0;
        for (int i = 0; i < Messages / 2; i++)
        {
            byte[] payload = Mutate(random, Encoding.UTF8.GetBytes(s_seeds[random.Next(s_seeds.Length)]));
            sink.Samples.Clear();
            sink.Drops.Clear();
            DropReason reason = decoder.Decode(Collector.Message("") with { Payload = payload, Offset = random.Next(3) }, sink);
            Assert.True(reason == DropReason.None || (sink.Samples.Count == 0 && sink.Drops.Count == 0), $"{reason} and samples from {Encoding.UTF8.GetString(payload)}");
            Assert.True(reason != DropReason.None || format == "csv" || sink.Samples.Count > 0, $"Nothing came of {Encoding.UTF8.GetString(payload)}");
            accepted += sink.Samples.Count;
            dropped += reason == DropReason.None ? 0 : 1;
        }

        // Both ways must be walked, or the fuzzing shows nothing.
        Assert.True(accepted > 500, $"only {accepted} samples");
        Assert.True(dropped > 5000, $"only {dropped} drops");
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        int changes = random.Next(6);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when bytes.Count > 0:
                    bytes.RemoveRange(Math.Min(at, bytes.Count - 1), random.Next(Math.Min(12, bytes.Count - Math.Min(at, bytes.Count - 1)) + 1));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)]));
                    break;
                default:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(30)).ToArray());
                    break;
            }
        }

        return [.. bytes];
    }
}
