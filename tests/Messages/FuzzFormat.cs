using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Tests.Messages;

/// <summary>A decoder under fuzz: its options, valid messages to start from, and which messages hold no sample by their nature.</summary>
/// <param name="Options">Fresh options for each decoder.</param>
/// <param name="Seeds">Valid messages, each with its topic.</param>
/// <param name="Pieces">Fragments that mean something to the format.</param>
/// <param name="HoldsNone">Whether a message may rightly give neither sample nor drop.</param>
internal sealed record FuzzFormat(
    string Name, Func<DecodeOptions> Options, IReadOnlyList<(string Topic, byte[] Payload)> Seeds, IReadOnlyList<byte[]> Pieces, Func<RawMessage, bool> HoldsNone)
{
    private const string Topic = "plant/7/telemetry";
    private const ulong Noon = 1_748_779_200_000;

    private static readonly IReadOnlyList<byte[]> s_jsonPieces = Bytes(
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-", "NaN", "-Infinity", "\\u", "\\ud800", "\\", "\n", "timestamp", "values", "samples", "value",
        "\uFEFF", "é", "9999-12-31T23:59:59Z", "0", "99999999999999999999999999999999", "1e-400", ".", "{\"a\":[{\"a\":", "\"values\":{\"a\":1}");

    private static readonly IReadOnlyList<byte[]> s_json = Bytes(
        """{"timestamp":"2025-06-01T12:00:00Z","values":{"a":1.5,"b":{"c":[1,"x\u00e9"],"d":null}},"id":"p"}""",
        """[{"timestamp":1748779200,"a":1,"id":"\ud83d\ude00"},{"timestamp":1748779200123456789,"values":{"a":NaN}}]""",
        """{"id":"p","name":"t","samples":[{"timestamp":1748779200,"value":1,"values":{"a":1}},{"timestamp":1748779201,"name":"u","value":"x"}]}""",
        """{"name":"t","value":21.5,"timestamp":1748779200000,"id":"p"}""",
        "21.5", "true", "");

    private static readonly IReadOnlyList<byte[]> s_csv = Bytes(
        "timestamp,a,b\n2025-06-01 12:00:00,1,2\n1748779200,\"3\"\"\",\n", "1748779200,1.5;\"x\n\",-inf\r\n", "1748779200,1,2", "timestamp;a;b\n1748779200;1;2", "");

    private static readonly IReadOnlyList<byte[]> s_influx = Bytes(
        "cpu,host=a,core=0 idle=99.5,user=1i,on=t,n=\"x\\\"y\nz\" 1748779200000000000\n# comment\nmem,host=b used=12u 1748779200\n",
        "wea\\ ther\\,x,host=new\\ york temp\\=f=1 1748779200000", "w,b=2,a=1 x=1", "");

    /// <summary>Every decoder, in its main shapes.</summary>
    public static IReadOnlyList<FuzzFormat> All { get; } =
    [
        Text("json", () => new DecodeOptions(), s_json, s_jsonPieces),
        Text("json, paths", () => new DecodeOptions { Series = "$.id", Features = "$", Timestamp = "$.timestamp", MissingTimestamp = "arrival" }, s_json, s_jsonPieces),
        Text("json, one value", () => new DecodeOptions { Series = "topic:1", Feature = "topic:2", Timestamp = "arrival" }, s_json, s_jsonPieces),
        Text("json, array inside", () => new DecodeOptions { Samples = "$.samples[*]", Series = "$.id", Feature = "$.name" }, s_json, s_jsonPieces),
        Text("csv, header", () => new DecodeOptions { Format = "csv" }, s_csv, Bytes(",", ";", "\t", "\"", "\n", "\r", "timestamp", "\uFEFF", "1e999", "nan", "a"),
            message => message.Offset == 0 || Holds(message, "timestamp")),
        Text("csv, columns", () => new DecodeOptions { Format = "csv", Columns = ["timestamp", "a", "b"], Series = "column:a" }, s_csv,
            Bytes(",", ";", "\t", "\"", "\n", "\r", "timestamp", "1e999", "nan", "a"), message => Holds(message, "timestamp")),
        Text("influx", () => new DecodeOptions { Format = "influx" }, s_influx, s_influxPieces),
        Text("influx, tags", () => new DecodeOptions { Format = "influx", Series = "measurement,tag:host", MissingTimestamp = "arrival" }, s_influx, s_influxPieces),
        new("sparkplug", () => new DecodeOptions { Format = "sparkplug" }, Sparkplug(), s_wire, message => !message.Topic.Contains("DATA", StringComparison.Ordinal)),
    ];

    private static IReadOnlyList<byte[]> s_influxPieces =>
        Bytes(",", "=", " ", "\n", "\"", "\\", "\\,", "#", "i", "u", "t", "1e999", "99999999999999999999i", "-", "1748779200", "host=", "nan", "é");

    /// <summary>Tags of groups and fields, endless varints, lengths far beyond the end.</summary>
    private static IReadOnlyList<byte[]> s_wire =>
    [
        [0x0B], [0x0C], [0x13], [0x12, 0x00], [0x12], [0x0A], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0x80, 0x00],
        [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x12, 0x04, 0x0A, 0xFF, 0xFF, 0x7F], [0x08], [0x18, 0x05], [0x10, 0x01], [0x50, 0x01], [0x69], [0x65],
        [0x12, 0x06, 0x0A, 0x01, 0xFF, 0x20, 0x0A, 0x50], [0x12, 0x02, 0x3A, 0x00],
    ];

    private static FuzzFormat Text(
        string name, Func<DecodeOptions> options, IReadOnlyList<byte[]> seeds, IReadOnlyList<byte[]> pieces, Func<RawMessage, bool>? holdsNone = null) =>
        new(name, options, [.. seeds.Select(seed => (Topic, seed))], pieces, holdsNone ?? (_ => false));

    private static IReadOnlyList<(string, byte[])> Sparkplug()
    {
        byte[] birth = new SparkplugPayload(Noon, 0).Add("bdSeq", null, 4, 1ul).Add("a", 1, 9, 1.5f).Add("b", 2, 3, 7u).Add("c", 3, 12, "x").Add("d", 4, 11, true).ToBytes();
        byte[] data = new SparkplugPayload(Noon, 1).Add(null, 1, 0, 2.5f).Add(null, 2, 0, 8u, Noon - 1000).Add("e", null, 10, 1e3, Noon + 5).Add(null, 9, 0, 1u).ToBytes();
        byte[] named = new SparkplugPayload(Noon, 2).Add("a", null, 10, double.NaN).Add("b", null, 4, ulong.MaxValue).Add("c", null, 10, "text").Add("d", null, 10, null, isNull: true).ToBytes();
        return
        [
            ("spBv1.0/g/NBIRTH/e", birth), ("spBv1.0/g/DBIRTH/e/d", birth), ("spBv1.0/g/NDATA/e", data), ("spBv1.0/g/DDATA/e/d", data),
            ("spBv1.0/g/DDATA/e/d", named), ("spBv1.0/g/DDEATH/e/d", data), ("spBv1.0/g/NDEATH/e", birth), ("spBv1.0/STATE/host", "ONLINE"u8.ToArray()), ("plant/NDATA", data),
        ];
    }

    private static bool Holds(RawMessage message, string text) => Encoding.Latin1.GetString(message.Payload.Span).Contains(text, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<byte[]> Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
