using System.Text;

namespace MQTTnet.Formatter;

/// <summary>Topics that have come lately, so that a stream of messages makes no stream of equal strings. One slot for each hash.</summary>
internal sealed class TopicCache
{
    private const int Slots = 1024;
    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Slots];

    public string Text(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref (byte[] Bytes, string Text) slot = ref _slots[(uint)hash.ToHashCode() % Slots];
        if (slot.Text is null || !utf8.SequenceEqual(slot.Bytes))
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
