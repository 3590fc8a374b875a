using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace Detector.Tests.Support;

/// <summary>
/// What a broker that knows the times of its messages answers to ListOffsets (key 2, versions 1 to 5), put into the answers of one that finds only the first
/// and the last offset of a partition. Of one connection.
/// </summary>
/// <param name="offsetOf">Offset of the first message of a partition at or after a time in milliseconds since 1970.</param>
internal sealed class TimeSearch(Func<int, long, long> offsetOf)
{
    private const short ListOffsets = 2;
    private readonly ConcurrentDictionary<int, (short Version, Dictionary<(string Topic, int Partition), long> Times)> _asked = [];

    /// <summary>A request goes by.</summary>
    public void See(ReadOnlySpan<byte> request)
    {
        if (BinaryPrimitives.ReadInt16BigEndian(request) != ListOffsets)
            return;
        short version = BinaryPrimitives.ReadInt16BigEndian(request[2..]);
        int id = BinaryPrimitives.ReadInt32BigEndian(request[4..]), at = 8;
        Text(request, ref at); // client
        at += sizeof(int) + (version >= 2 ? 1 : 0); // replica, isolation
        var times = new Dictionary<(string, int), long>();
        for (int topics = Int(request, ref at); topics > 0; topics--)
        {
            string topic = Text(request, ref at);
            for (int partitions = Int(request, ref at); partitions > 0; partitions--)
            {
                int partition = Int(request, ref at);
                at += version >= 4 ? sizeof(int) : 0; // epoch
                times[(topic, partition)] = BinaryPrimitives.ReadInt64BigEndian(request[at..]);
                at += sizeof(long);
            }
        }

        _asked[id] = (version, times);
    }

    /// <summary>An answer goes by; where a time was asked for, it is answered.</summary>
    public void Answer(Span<byte> answer)
    {
        if (!_asked.TryRemove(BinaryPrimitives.ReadInt32BigEndian(answer), out var asked))
            return;
        int at = sizeof(int) + (asked.Version >= 2 ? sizeof(int) : 0); // throttling
        for (int topics = Int(answer, ref at); topics > 0; topics--)
        {
            string topic = Text(answer, ref at);
            for (int partitions = Int(answer, ref at); partitions > 0; partitions--)
            {
                int partition = Int(answer, ref at);
                at += sizeof(short);
                if (asked.Times[(topic, partition)] is >= 0 and var time)
                {
                    BinaryPrimitives.WriteInt16BigEndian(answer[(at - sizeof(short))..], 0);
                    BinaryPrimitives.WriteInt64BigEndian(answer[at..], time);
                    BinaryPrimitives.WriteInt64BigEndian(answer[(at + sizeof(long))..], offsetOf(partition, time));
                }

                at += 2 * sizeof(long) + (asked.Version >= 4 ? sizeof(int) : 0);
            }
        }
    }

    private static int Int(ReadOnlySpan<byte> bytes, ref int at)
    {
        at += sizeof(int);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[(at - sizeof(int))..]);
    }

    private static string Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        int length = Math.Max((short)0, BinaryPrimitives.ReadInt16BigEndian(bytes[at..]));
        at += sizeof(short) + length;
        return Encoding.UTF8.GetString(bytes.Slice(at - length, length));
    }
}
