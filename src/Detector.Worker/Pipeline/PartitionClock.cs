namespace Detector.Worker.Pipeline;

/// <summary>
/// The event time that the messages of one partition have reached: they come in one order, so that a series which stays behind while others go on has
/// fallen silent. Partitions are read at different paces, so each has a clock of its own.
/// </summary>
internal sealed class PartitionClock
{
    private long _nextSweep = long.MinValue;

    /// <summary>Event time between two looks at the partition's series.</summary>
    public long Step { get; set; } = TimeSpan.TicksPerSecond * 10;

    /// <summary>Newest event time, UTC ticks.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>How often the partition's series were looked at. One with a sample since the last look but one is not silent, wherever the watermark has jumped.</summary>
    public int Sweeps { get; private set; }

    public void Advance(long ticks) => Watermark = Math.Max(Watermark, ticks);

    /// <summary>Whether the series are to be looked at again; once for every <see cref="Step"/> of event time.</summary>
    public bool IsDue()
    {
        if (Watermark <= _nextSweep)
            return false;
        _nextSweep = Watermark + Step;
        Sweeps++;
        return true;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_nextSweep);
        writer.Write(Step);
        writer.Write(Watermark);
        writer.Write(Sweeps);
    }

    public void Load(BinaryReader reader)
    {
        _nextSweep = reader.ReadInt64();
        Step = reader.ReadInt64();
        Watermark = reader.ReadInt64();
        Sweeps = reader.ReadInt32();
    }
}
