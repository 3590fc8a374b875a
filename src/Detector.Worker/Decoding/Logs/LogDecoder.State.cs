using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

// What the decoder knows at a position of its partition: templates, features, open buckets, sessions, and the line that others may belong to. Cut in
// the middle of a bucket, it goes on as if there had been no cut.
internal sealed partial class LogDecoder
{
    private const byte StateVersion = 3;
    private const string CommonRecord = "lines", LearnedRecord = "sessions", OpenRecord = "open", SeriesRecord = "series/";

    private long _learnedSeen;
    private long _learnedVersion; // in which the sessions that are learned from changed last

    public IReadOnlyList<KeyValuePair<string, byte[]?>> Save(ref long version)
    {
        long since = version;
        version = _version;
        if (since == version)
            return [];
        var records = new List<KeyValuePair<string, byte[]?>> { new(CommonRecord, Bytes(SaveCommon)) };
        int number = 0;
        foreach (LogSeries series in _series.Values)
        {
            if (series.Changed > since)
                records.Add(new(FormattableString.Invariant($"{SeriesRecord}{number}"), Bytes(writer => Save(series, writer))));
            number++;
        }

        if (_sessions is null)
            return records;
        records.Add(new(OpenRecord, Bytes(_sessions.SaveOpen)));
        if (_learnedSeen != _sessions.Learned)
            (_learnedSeen, _learnedVersion) = (_sessions.Learned, _version);
        if (_learnedVersion > since)
            records.Add(new(LearnedRecord, Bytes(_sessions.SaveLearned)));
        return records;
    }

    /// <exception cref="InvalidDataException">The bytes are no such state.</exception>
    public long Load(IReadOnlyDictionary<string, byte[]> records)
    {
        LoadCommon(Reader(records[CommonRecord]));
        // In the order in which they came: that of the saved numbers.
        for (int number = 0; records.TryGetValue(FormattableString.Invariant($"{SeriesRecord}{number}"), out byte[]? record); number++)
        {
            BinaryReader reader = Reader(record);
            LogSeries series = AddSeries(reader.ReadArray<byte>());
            series.Load(reader);
        }

        if (_sessions is not null && records.TryGetValue(LearnedRecord, out byte[]? learned))
            _sessions.LoadLearned(Reader(learned));
        if (_sessions is not null && records.TryGetValue(OpenRecord, out byte[]? open))
            _sessions.LoadOpen(Reader(open), key => _series.TryGetValue(key, out LogSeries? series) ? series : AddSeries(key));
        (_learnedSeen, _learnedVersion) = (_sessions?.Learned ?? 0, _version);
        foreach (LogSeries series in _series.Values)
            series.Sessions.Use(_sessions?.Views ?? []);
        return _version;
    }

    private void SaveCommon(BinaryWriter writer)
    {
        writer.Write(StateVersion);
        writer.Write(_version);
        writer.Write(HasLearned);
        writer.Write(_first);
        writer.Write(_newest);
        writer.Write(_closed);
        _miner.Save(writer);
        _slots.Save(writer);
        writer.Write(_streams.Count);
        foreach ((string topic, PendingRecord stream) in _streams)
        {
            writer.Write(topic);
            stream.Save(writer);
        }
    }

    private void LoadCommon(BinaryReader reader)
    {
        reader.ReadVersion(StateVersion, "state of log lines");
        _version = reader.ReadInt64();
        HasLearned = reader.ReadBoolean();
        _first = reader.ReadInt64();
        _newest = reader.ReadInt64();
        _closed = reader.ReadInt64();
        _miner.Load(reader);
        (_reportedLines, _reportedEvictions) = (_miner.Lines, _miner.Evicted);
        Report();
        _slots.Load(reader);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            var stream = new PendingRecord();
            _streams.Add(reader.ReadString(), stream);
            stream.Load(reader);
        }
    }

    private static void Save(LogSeries series, BinaryWriter writer)
    {
        writer.Write<byte>(series.Key);
        series.Save(writer);
    }

    private static BinaryReader Reader(byte[] record) => new(new MemoryStream(record));

    private static byte[] Bytes(Action<BinaryWriter> save)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        save(writer);
        writer.Flush();
        return bytes.ToArray();
    }
}
