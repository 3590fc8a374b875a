namespace Detector.Worker.Decoding.Logs;

// What the decoder has learned, saved and resumed. Open buckets are not in it: their messages are not acknowledged and come again.
internal sealed partial class LogDecoder
{
    private const byte StateVersion = 1;

    public void Save(BinaryWriter writer)
    {
        writer.Write(StateVersion);
        writer.Write(HasLearned);
        _miner.Save(writer);
        writer.Write(_slots.Count);
        foreach (string id in _slots.Ids)
            writer.Write(id);
        writer.Write(_series.Count);
        foreach (LogSeries series in _series.Values)
        {
            writer.Write(series.Key.Length);
            writer.Write(series.Key);
            series.Save(writer);
        }

        writer.Write(_sessions is not null);
        _sessions?.Save(writer);
    }

    /// <exception cref="InvalidDataException">The bytes are no such state.</exception>
    public void Load(BinaryReader reader)
    {
        byte version = reader.ReadByte();
        if (version != StateVersion)
            throw new InvalidDataException($"The state of the log lines has version {version}, but only {StateVersion} is known: remove it to learn anew.");
        HasLearned = reader.ReadBoolean();
        _miner.Load(reader);
        string[] ids = new string[reader.ReadInt32()];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = reader.ReadString();
        _slots.Restore(_miner, ids);
        for (int left = reader.ReadInt32(); left > 0; left--)
            AddSeries(reader.ReadBytes(reader.ReadInt32())).Load(reader);
        if (reader.ReadBoolean() && _sessions is not null)
            _sessions.Load(reader);
        foreach (LogSeries series in _series.Values)
            series.Sessions.Use(_sessions?.Views ?? []);
        foreach (string id in ids)
        {
            if (_miner.Find(id) is { } template)
                Notes.Describe(id, template);
        }
    }
}
