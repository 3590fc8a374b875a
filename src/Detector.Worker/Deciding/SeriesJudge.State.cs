namespace Detector.Worker.Deciding;

internal sealed partial class SeriesJudge
{
    /// <summary>Saves the threshold, the open episode and the latest score.</summary>
    public void Save(BinaryWriter writer)
    {
        threshold.Save(writer);
        writer.Write(_lastTicks);
        writer.Write(_lastScore);
        writer.Write(_episode is not null);
        _episode?.Save(writer);
    }

    /// <exception cref="InvalidDataException">It was saved of another threshold.</exception>
    public void Load(BinaryReader reader)
    {
        threshold.Load(reader);
        _lastTicks = reader.ReadInt64();
        _lastScore = reader.ReadDouble();
        _episode = reader.ReadBoolean() ? Episode.Load(reader) : null;
    }
}
