using System.Security.Cryptography;

namespace Detector.Worker.Ingestion;

/// <summary>One file on its way through rotation: known by its first bytes, whatever its name is by now.</summary>
internal sealed class TailFile : IDisposable
{
    /// <summary>Bytes at the start that tell files apart: some lines, with their times.</summary>
    private const int MostKnown = 1024;

    private readonly FileStream _stream;
    private TailPlace _identity = new(0, Hash([]), 0);

    private TailFile(FileStream stream, int number)
    {
        _stream = stream;
        Number = number;
    }

    /// <summary>Counts the files that were read, from 0.</summary>
    public int Number { get; }

    public long Position => _stream.Position;

    public long Length => _stream.Length;

    /// <summary>When it was last written to.</summary>
    public DateTime Written => File.GetLastWriteTimeUtc(_stream.SafeFileHandle);

    /// <summary>Opens a file; null when there is none or it cannot be read just now.</summary>
    public static TailFile? TryOpen(string path, int number)
    {
        try
        {
            return new TailFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public int Read(Span<byte> buffer) => _stream.Read(buffer);

    public void Seek(long offset) => _stream.Position = offset;

    /// <summary>Whether another open file begins as this one did.</summary>
    public bool IsSameAs(TailFile other)
    {
        TailPlace identity = Identity();
        return identity.Known > 0 && other.Begins(identity);
    }

    /// <summary>Whether the file begins as a place says, and reaches it.</summary>
    public bool Begins(TailPlace place) => Length >= Math.Max(place.Known, place.Offset) && Fingerprint(place.Known) == place.Fingerprint;

    /// <summary>A place in this file that finds it again.</summary>
    public TailPlace Place(long offset) => Identity() with { Offset = offset };

    public void Dispose() => _stream.Dispose();

    private TailPlace Identity()
    {
        int known = (int)Math.Min(MostKnown, _stream.Length);
        if (known > _identity.Known)
            _identity = new TailPlace(known, Fingerprint(known), 0);
        return _identity;
    }

    private string Fingerprint(int known)
    {
        byte[] start = new byte[known];
        int read = RandomAccess.Read(_stream.SafeFileHandle, start, 0);
        return Hash(start.AsSpan(0, read));
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
