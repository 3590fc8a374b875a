namespace Detector.Worker.Pipeline;

/// <summary>The latest figures of a series, written by the deciding thread and read by displays; each read is whole, the set may be of two moments.</summary>
internal sealed class SeriesStatus
{
    private long _ticks;
    private double _score;
    private double _threshold;

    /// <summary>Event time of the latest verdict, UTC ticks; 0 before the first.</summary>
    public long Ticks => Volatile.Read(ref _ticks);

    public double Score => Volatile.Read(ref _score);

    public double Threshold => Volatile.Read(ref _threshold);

    /// <summary>Threshold published last; owned by the deciding thread.</summary>
    public double PublishedThreshold { get; set; } = double.NaN;

    public void Save(BinaryWriter writer)
    {
        writer.Write(Ticks);
        writer.Write(Score);
        writer.Write(Threshold);
        writer.Write(PublishedThreshold);
    }

    public void Load(BinaryReader reader)
    {
        long ticks = reader.ReadInt64();
        Set(ticks, reader.ReadDouble(), reader.ReadDouble());
        PublishedThreshold = reader.ReadDouble();
    }

    public void Set(long ticks, double score, double threshold)
    {
        Volatile.Write(ref _score, score);
        Volatile.Write(ref _threshold, threshold);
        Volatile.Write(ref _ticks, ticks);
    }
}
