using System.Text;

namespace Detector.Worker.State;

/// <summary>
/// The state of one partition as it is read from a compacted topic. Every record carries the number of its checkpoint; the record of the position
/// comes last of a checkpoint, so that what has a later number than that is a checkpoint that was never finished.
/// </summary>
/// <param name="prefix">What the keys of the partition's records begin with.</param>
internal sealed class TopicState(string prefix)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);
    private readonly List<(string Name, long Number, byte[]? Value)> _taken = [];
    private readonly Dictionary<string, byte[]?> _records = new(StringComparer.Ordinal);

    /// <summary>Null when the topic has no finished checkpoint of the partition.</summary>
    public long? Position { get; private set; }

    public byte[] Common { get; private set; } = [];

    /// <summary>Number of the newest finished checkpoint.</summary>
    public long Number { get; private set; }

    public IEnumerable<StateRecord> Records => _records.Select(pair => StateRecord.Of(pair.Key, pair.Value));

    public void Take(byte[]? key, byte[]? value)
    {
        if (key is null || !key.AsSpan().StartsWith(_prefix))
            return;
        string name = Encoding.UTF8.GetString(key.AsSpan(_prefix.Length));
        if (value is null)
        {
            _taken.Add((name, long.MinValue, null));
            return;
        }

        using var reader = new BinaryReader(new MemoryStream(value));
        long number = reader.ReadInt64();
        if (name.Length > 0)
        {
            _taken.Add((name, number, value[sizeof(long)..]));
            return;
        }

        Number = number;
        Position = reader.ReadInt64();
        Common = reader.ReadBytes(value.Length - (2 * sizeof(long)));
    }

    /// <summary>Keeps what belongs to finished checkpoints.</summary>
    public TopicState Finish()
    {
        foreach ((string name, long number, byte[]? value) in _taken.Where(record => Position is not null && record.Number <= Number))
        {
            if (value is null)
                _records.Remove(name);
            else
                _records[name] = value;
        }

        _taken.Clear();
        return this;
    }

    public static byte[] Mark(long number, long position, byte[] common) => [.. BitConverter.GetBytes(number), .. BitConverter.GetBytes(position), .. common];

    public static byte[] Record(long number, StateRecord record)
    {
        byte[] value = new byte[sizeof(long) + record.Length];
        BitConverter.TryWriteBytes(value, number);
        record.CopyTo(value.AsSpan(sizeof(long)));
        return value;
    }
}
