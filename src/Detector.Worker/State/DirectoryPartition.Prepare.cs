using System.Globalization;
using Detector.Models.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Detector.Worker.State;

// State whose transaction is not known to be committed. It lies beside, under the name that it will have, with what the transaction commits and an ending of
// its own: SEQUENCE.delta.OFFSET.prepared.
internal sealed partial class DirectoryPartition
{
    private const string PreparedEnding = ".prepared";
    private long? _committed; // offset of the newest transaction
    private (Segment Segment, string Path, StateDelta Delta, long Offset)? _prepared;

    public PreparedState Prepare(StateDelta delta)
    {
        lock (_gate)
        {
            if (_prepared is { Path: var before })
                Discard(before);
            _prepared = null;
            // While no message comes the position stays, and would not say which of two states was committed last: then the one before it is committed.
            long offset = delta.Position == _committed ? delta.Position - 1 : delta.Position;
            string aside = "";
            try
            {
                Segment segment = WriteAside(delta, path => aside = path + FormattableString.Invariant($".{offset}") + PreparedEnding);
                DurableFiles.SyncDirectory(_folder);
                _prepared = (segment, aside, delta, offset);
            }
            catch (IOException) when (aside.Length > 0)
            {
                Discard(aside);
                throw;
            }

            return new PreparedState(offset, []);
        }
    }

    public long PutInForce()
    {
        lock (_gate)
        {
            (Segment segment, string aside, StateDelta delta, long offset) = _prepared!.Value;
            if (_moved == segment.Path)
                Take(segment); // by an attempt that failed afterwards
            else if (!File.Exists(aside) && !File.Exists(segment.Path))
                segment = Rewrite(delta);
            else
                PutInPlace(segment, aside);
            _committed = offset;
            _prepared = null;
            return segment.Bytes;
        }
    }

    /// <summary>Somebody has removed what was prepared, perhaps with all of the folder.</summary>
    private Segment Rewrite(StateDelta delta)
    {
        Append(delta);
        return _last!;
    }

    /// <summary>Puts in force what was prepared and committed before a crash, and discards what was not.</summary>
    private void LoadPrepared()
    {
        foreach ((string path, long sequence, long offset) in PreparedFiles().ToArray())
        {
            // At most one lies before the position that the state belongs to.
            bool isCommitted = _committed == offset || _committed > offset + 1;
            bool isNext = sequence == (_last?.Sequence ?? 0) + 1;
            if (!isCommitted || !isNext)
                Discard(path);
            else if (Verified(path, sequence) is not { } segment)
                SetAside(path);
            else if (!segment.Before.AsSpan().SequenceEqual(_last?.Checksum ?? new byte[32]))
                Discard(path);
            else
                Take(segment);
        }

        try
        {
            Settle();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that cannot be written now; it serves from where it is.
        }
    }

    /// <summary>Gives what was found in force its name, which the next segment builds upon.</summary>
    private void Settle()
    {
        if (_last is not { } last || !last.Path.EndsWith(PreparedEnding, StringComparison.Ordinal))
            return;
        string path = Path.Combine(_folder, Segment.FileName(last.Sequence, last.IsFull));
        try
        {
            File.Move(last.Path, path, overwrite: false);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw Lost(last.Sequence, error);
        }

        _files.Remove(last.Path, out SafeFileHandle? file);
        _files.Add(path, file!);
        _last = last with { Path = path };
        DurableFiles.SyncDirectory(_folder);
    }

    private IEnumerable<(string Path, long Sequence, long Offset)> PreparedFiles()
    {
        foreach (string path in Directory.EnumerateFiles(_folder, "*" + PreparedEnding))
        {
            if (Path.GetFileName(path).Split('.') is [var sequence, _, var offset, _]
                && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out long committed))
                yield return (path, number, committed);
        }
    }
}
