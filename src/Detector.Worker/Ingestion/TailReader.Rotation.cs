namespace Detector.Worker.Ingestion;

// From one file to the next, however often and under whatever name the old ones were put aside.
internal sealed partial class TailReader
{
    /// <summary>Goes on to the next file once another stands under the name; a line without an end at the old one's is lost to nobody: it is none.</summary>
    private bool TryFollow()
    {
        TailFile? current = TailFile.TryOpen(_path, _number + 1);
        if (current is null)
            return false;
        if (current.Length == 0 || _file!.IsSameAs(current))
        {
            current.Dispose();
            return false;
        }

        if (_file.Length > _file.Position)
        {
            // Written after the end was met and before the file was put aside: it comes first.
            current.Dispose();
            return true;
        }

        TailFile? missed = Missed(_file, current);
        if (missed is not null)
            current.Dispose();
        _number++;
        Take(missed ?? current);
        return true;
    }

    /// <summary>The first file that was rotated away between two others, when there was more than one rotation.</summary>
    private TailFile? Missed(TailFile before, TailFile current)
    {
        foreach (string path in Rotated().Where(path => File.GetLastWriteTimeUtc(path) > before.Written && IsNumbered(path)).OrderBy(File.GetLastWriteTimeUtc))
        {
            TailFile? file = TailFile.TryOpen(path, _number + 1);
            if (file is { Length: > 0 } && !before.IsSameAs(file) && !current.IsSameAs(file))
                return file;
            file?.Dispose();
        }

        return null;
    }

    /// <summary>Whether a name differs from the followed one by a number or a date only: what else begins alike is another log.</summary>
    private bool IsNumbered(string path)
    {
        string rest = Path.GetFileName(path)[Path.GetFileNameWithoutExtension(_path).Length..];
        string extension = Path.GetExtension(_path);
        int at = extension.Length == 0 ? -1 : rest.IndexOf(extension, StringComparison.Ordinal);
        rest = at < 0 ? rest : rest.Remove(at, extension.Length);
        return rest.Any(char.IsAsciiDigit) && rest.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '_' or 'T');
    }

    /// <summary>Files beside the followed one whose names begin as its own does.</summary>
    private IEnumerable<string> Rotated()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        string name = Path.GetFileName(_path);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileNameWithoutExtension(_path) + "*").Where(path => Path.GetFileName(path) != name && !path.EndsWith(".gz", StringComparison.Ordinal))
            : [];
    }

    /// <summary>The file that a place is in: that of the name, or one beside it that was rotated away.</summary>
    private TailFile? Find(TailPlace place)
    {
        foreach (string path in Rotated().OrderByDescending(File.GetLastWriteTimeUtc).Prepend(_path))
        {
            TailFile? file = TailFile.TryOpen(path, _number);
            if (file?.Begins(place) == true)
                return file;
            file?.Dispose();
        }

        return null;
    }
}
