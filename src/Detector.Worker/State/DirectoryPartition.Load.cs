using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Detector.Worker.State;

// Finding the newest whole state, and removing what is older than the one before it.
internal sealed partial class DirectoryPartition
{
    private void Load()
    {
        if (!Directory.Exists(_folder))
            return;
        (long Sequence, string Path)[] files = [.. Files().OrderBy(file => file.Sequence)];
        // From the newest full segment that verifies; then what follows it without a gap.
        foreach ((long sequence, string path) in files.Reverse().Where(file => file.Path.EndsWith(Segment.Full, StringComparison.Ordinal)))
        {
            if (Verified(path, sequence) is not { } full)
                continue;
            Take(full);
            foreach ((long next, string delta) in files.Where(file => file.Sequence > sequence))
            {
                if (next != _last!.Sequence + 1 || Verified(delta, next) is not { } segment)
                    break;
                if (!segment.Before.AsSpan().SequenceEqual(_last.Checksum))
                    break;
                // A later full segment is the same state as the deltas before it make.
                Take(segment);
            }

            break;
        }

        // What comes after the newest whole state would be in the way of the next one.
        foreach ((long sequence, string path) in files.Where(file => file.Sequence > (_last?.Sequence ?? 0)))
            SetAside(path);
        LoadPrepared();
    }

    private Segment? Verified(string path, long sequence)
    {
        try
        {
            Segment segment = Segment.Read(path);
            if (segment.Sequence == sequence)
                return segment;
            _refused($"State file '{path}' was refused: it says it is number {segment.Sequence}. The state before it serves.");
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            _refused($"State file '{path}' was refused: {error.Message.TrimEnd('.')}. The state before it serves.");
        }

        return null;
    }

    private IEnumerable<(long Sequence, string Path)> Files()
    {
        foreach (string path in Directory.EnumerateFiles(_folder))
        {
            string ending = Path.GetExtension(path);
            if (ending is (Segment.Full or Segment.Delta)
                && long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
                yield return (sequence, path);
        }
    }

    /// <summary>Keeps a refused file beside, for whoever wants to look at it, until the next full segment.</summary>
    private static void SetAside(string path)
    {
        try
        {
            File.Move(path, path + ".refused", overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk may be read-only just now; then nothing can be written in its place either.
        }
    }

    private void RemoveOld(long newest)
    {
        foreach ((long sequence, string path) in Files().ToArray())
        {
            if (sequence >= _keepFrom || sequence >= newest)
                continue;
            if (_files.Remove(path, out SafeFileHandle? handle))
                handle.Dispose();
            Discard(path);
        }

        foreach (string path in Directory.GetFiles(_folder, "*.refused"))
            Discard(path);
        foreach ((string path, _, _) in PreparedFiles().Where(prepared => prepared.Sequence <= newest).ToArray())
            Discard(path);
    }
}
