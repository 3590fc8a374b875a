using System.Text;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>A topic taken apart: <c>spBv1.0/GROUP/KIND/EDGE</c> or <c>spBv1.0/GROUP/KIND/EDGE/DEVICE</c>, and <c>spBv1.0/STATE/HOST</c>.</summary>
internal sealed class SparkplugTopic
{
    private const string Namespace = "spBv1.0";

    public MessageKind Kind { get; private init; }

    /// <summary><c>GROUP/EDGE</c>.</summary>
    public string Edge { get; private init; } = "";

    /// <summary><c>GROUP/EDGE/DEVICE</c>, or the edge node itself: who the metrics belong to.</summary>
    public string Owner { get; private init; } = "";

    /// <summary>The owner as a series' name.</summary>
    public byte[] Series { get; private init; } = [];

    public static SparkplugTopic Parse(string topic)
    {
        string[] levels = topic.Split('/');
        if (levels is ["STATE", _] or [Namespace, "STATE", _])
            return new SparkplugTopic { Kind = MessageKind.Other };
        if (levels.Length is < 4 or > 5 || levels[0] != Namespace || Array.Exists(levels, level => level.Length == 0))
            return new SparkplugTopic();
        string edge = $"{levels[1]}/{levels[3]}";
        string owner = levels.Length == 5 ? $"{edge}/{levels[4]}" : edge;
        return new SparkplugTopic { Kind = Read(levels[2], levels.Length == 5), Edge = edge, Owner = owner, Series = Encoding.UTF8.GetBytes(owner) };
    }

    private static MessageKind Read(string kind, bool device) => (kind, device) switch
    {
        ("NBIRTH", false) => MessageKind.NodeBirth,
        ("DBIRTH", true) => MessageKind.DeviceBirth,
        ("NDATA", false) or ("DDATA", true) => MessageKind.Change,
        ("DDEATH", true) => MessageKind.DeviceDeath,
        ("NDEATH" or "NCMD", false) or ("DCMD", true) => MessageKind.Other,
        _ => MessageKind.Foreign,
    };
}
