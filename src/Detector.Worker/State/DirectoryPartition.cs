using Detector.Models.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Detector.Worker.State;

/// <summary>
/// The state of one partition in a folder: a full segment and deltas that follow it, each written aside, synced and renamed. Once the deltas have
/// grown larger than what they change, a new full segment is written; the one before and its deltas stay until the next.
/// </summary>
internal sealed partial class DirectoryPartition : IPartitionState
{
    /// <summary>Deltas after which a full segment is written, however small they are: each is a file to read at the start.</summary>
    private const int MostDeltas = 64;

    /// <summary>Deltas may grow to this size before a full segment is written, however small that is.</summary>
    private const long LeastDeltaBytes = 1024 * 1024;

    private const string Aside = ".tmp-";
    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SafeFileHandle File, long Offset, int Length)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafeFileHandle> _files = new(StringComparer.Ordinal);
    private readonly Action<string> _refused;
    private Segment? _last;
    private long _keepFrom; // sequence of the full segment before the newest one
    private long _newestFull;
    private long _fullBytes;
    private long _deltaBytes;
    private int _deltas;
    private string? _moved; // what was given its name last

    /// <param name="committed">What is committed of the partition; null for nothing.</param>
    public DirectoryPartition(string folder, Action<string> refused, long? committed = null)
    {
        _folder = folder;
        _refused = refused;
        _committed = committed;
        Load();
    }

    public long? Position => _last?.Position;

    public byte[] Common => _last?.Common ?? [];

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_gate)
                return [.. _places.Keys];
        }
    }

    public bool Has(string key)
    {
        lock (_gate)
            return _places.ContainsKey(key);
    }

    public byte[]? Read(string key)
    {
        lock (_gate)
            return _places.TryGetValue(key, out (SafeFileHandle, long, int) place) ? Value(place) : null;
    }

    public long Append(StateDelta delta)
    {
        lock (_gate)
        {
            string aside = Path.Combine(_folder, Aside + Environment.ProcessId);
            try
            {
                return PutInPlace(WriteAside(delta, _ => aside), aside);
            }
            finally
            {
                Discard(aside);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SafeFileHandle file in _files.Values)
                file.Dispose();
            _files.Clear();
            _places.Clear();
        }
    }

    /// <summary>Writes the next segment to a file of another name.</summary>
    /// <param name="aside">Makes that name of the segment's own.</param>
    private Segment WriteAside(StateDelta delta, Func<string, string> aside)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            Settle();
            // A delta is worth nothing without what it follows, which somebody may have removed.
            bool full = _last is null || !File.Exists(_last.Path) || _deltas >= MostDeltas || _deltaBytes > Math.Max(LeastDeltaBytes, _fullBytes);
            long sequence = (_last?.Sequence ?? 0) + 1;
            string path = Path.Combine(_folder, Segment.FileName(sequence, full));
            string[] kept = full ? Unchanged(delta) : [];
            IEnumerable<StateRecord> records = full
                ? kept.Select(key => StateRecord.Of(key, Value(_places[key]))).Concat(delta.Records.Where(record => !record.IsGone))
                : delta.Records;
            int count = full ? kept.Length + delta.Records.Count(record => !record.IsGone) : delta.Records.Count;
            return Segment.Write(aside(path), path, sequence, full, _last?.Checksum ?? new byte[32], delta.Position, delta.Common, count, records);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private string[] Unchanged(StateDelta delta)
    {
        var changed = delta.Records.Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _places.Keys.Where(key => !changed.Contains(key))];
    }

    /// <summary>Gives a segment its name, and makes it the newest.</summary>
    /// <param name="aside">Where it is written.</param>
    private long PutInPlace(Segment segment, string aside)
    {
        try
        {
            // Whoever has written this number before us owns the partition now.
            if (File.Exists(Path.Combine(_folder, Segment.FileName(segment.Sequence, !segment.IsFull))))
                throw Lost(segment.Sequence);
            File.Move(aside, segment.Path, overwrite: _moved == segment.Path);
            _moved = segment.Path;
            DurableFiles.SyncDirectory(_folder);
        }
        catch (IOException error) when (_moved != segment.Path && File.Exists(segment.Path))
        {
            throw Lost(segment.Sequence, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }

        Take(segment);
        if (segment.IsFull)
            RemoveOld(segment.Sequence);
        return segment.Bytes;
    }

    private StateLostException Lost(long sequence, Exception? error = null) =>
        new($"The state in '{_folder}' was written by another process: its number {sequence} is there already.", error);

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is written over the next time.
        }
    }

    /// <summary>Makes a segment the newest.</summary>
    private void Take(Segment segment)
    {
        SafeFileHandle file = File.OpenHandle(segment.Path);
        _files.Add(segment.Path, file);
        if (segment.IsFull)
        {
            _places.Clear();
            _keepFrom = _newestFull;
            (_newestFull, _fullBytes, _deltaBytes, _deltas) = (segment.Sequence, segment.Bytes, 0, 0);
        }
        else
        {
            _deltaBytes += segment.Bytes;
            _deltas++;
        }

        foreach ((string key, long offset, int length) in segment.Records)
        {
            if (length < 0)
                _places.Remove(key);
            else
                _places[key] = (file, offset, length);
        }

        _last = segment;
    }

    private static byte[] Value((SafeFileHandle File, long Offset, int Length) place)
    {
        byte[] value = new byte[place.Length];
        int read = 0;
        while (read < value.Length)
        {
            int more = RandomAccess.Read(place.File, value.AsSpan(read), place.Offset + read);
            if (more == 0)
                throw new IOException("A state file has become shorter since it was read.");
            read += more;
        }

        return value;
    }
}
