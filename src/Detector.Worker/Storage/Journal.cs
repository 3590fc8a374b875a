namespace Detector.Worker.Storage;

/// <summary>
/// A file of lines that is only appended to, and durable once an append has returned. What a crash left of a last line is cut off when it is opened.
/// Thread-safe.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private readonly string _path;
    private readonly Lock _lock = new();
    private FileStream _file;

    /// <summary>Opens the file, or creates it with its directory.</summary>
    /// <exception cref="IOException">It cannot be opened; another process may hold it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public Journal(string path)
    {
        _path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        File.Delete(Temporary);
        _file = Open(path);
        byte[] content = new byte[_file.Length];
        _file.ReadExactly(content);
        int end = content.AsSpan().LastIndexOf(LineFeed) + 1;
        if (end < content.Length)
            _file.SetLength(end);
        _file.Position = end;
        var lines = new List<byte[]>();
        foreach (Range range in content.AsSpan(0, end).Split(LineFeed))
        {
            if (content.AsSpan(0, end)[range] is { Length: > 0 } line)
                lines.Add(line.ToArray());
        }

        Lines = lines;
    }

    /// <summary>The lines it held when it was opened; empty after <see cref="Forget"/>.</summary>
    public IReadOnlyList<byte[]> Lines { get; private set; }

    /// <summary>Length of the file.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _file.Length;
        }
    }

    private string Temporary => _path + ".new";

    /// <summary>Gives the memory of <see cref="Lines"/> back.</summary>
    public void Forget() => Lines = [];

    /// <summary>Appends lines, which hold no line break, with one flush to the disk.</summary>
    /// <exception cref="IOException">They could not be written; nothing of them stays.</exception>
    public void Append(params IReadOnlyCollection<byte[]> lines)
    {
        lock (_lock)
        {
            long end = _file.Position;
            try
            {
                Write(_file, lines);
            }
            catch (IOException)
            {
                _file.SetLength(end);
                throw;
            }
        }
    }

    /// <summary>Puts other lines in the place of all there are: a whole file beside this one that then takes its name.</summary>
    public void Rewrite(IReadOnlyCollection<byte[]> lines)
    {
        lock (_lock)
        {
            using (var next = new FileStream(Temporary, FileMode.Create, FileAccess.Write, FileShare.None))
                Write(next, lines);
            _file.Dispose();
            File.Move(Temporary, _path, overwrite: true);
            _file = Open(_path);
            _file.Position = _file.Length;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private static void Write(FileStream file, IReadOnlyCollection<byte[]> lines)
    {
        using var text = new MemoryStream();
        foreach (byte[] line in lines)
        {
            text.Write(line);
            text.WriteByte(LineFeed);
        }

        file.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
        file.Flush(flushToDisk: true);
    }
}
