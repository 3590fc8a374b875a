using System.Security.Cryptography;
using System.Text;

namespace Detector.Worker.State;

/// <summary>
/// One file of a partition's state: a header, records, and a SHA-256 over all of it. A full one stands by itself; a delta changes the one whose
/// checksum it names.
/// </summary>
/// <param name="Records">For each record its name and where its value lies; a length of -1 stands for one that is no longer kept.</param>
internal sealed record Segment(
    string Path, long Sequence, bool IsFull, byte[] Before, byte[] Checksum, long Position, byte[] Common, long Bytes,
    IReadOnlyList<(string Key, long Offset, int Length)> Records)
{
    /// <summary>Endings of the files' names.</summary>
    public const string Full = ".full", Delta = ".delta";

    private const byte Version = 1;
    private const int HashBytes = 32;
    private static readonly byte[] s_mark = "detector state"u8.ToArray();

    /// <summary>Name of a file, in the order of writing.</summary>
    public static string FileName(long sequence, bool full) => sequence.ToString("D12", System.Globalization.CultureInfo.InvariantCulture) + (full ? Full : Delta);

    /// <summary>Writes a segment to a file that does not exist yet.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static Segment Write(
        string path, string finalPath, long sequence, bool full, byte[] before, long position, byte[] common, int count,
        IEnumerable<StateRecord> records)
    {
        var places = new List<(string, long, int)>(count);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var hashed = new HashingStream(file);
        using (var writer = new BinaryWriter(hashed, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(s_mark);
            writer.Write(Version);
            writer.Write(sequence);
            writer.Write(full);
            writer.Write(before);
            writer.Write(position);
            writer.Write(common.Length);
            writer.Write(common);
            writer.Write(count);
            foreach (StateRecord record in records)
            {
                int length = record.IsGone ? -1 : record.Length;
                writer.Write(record.Name);
                writer.Write(length);
                places.Add((record.Name, hashed.Position, length));
                record.Write(writer);
            }
        }

        byte[] checksum = hashed.Finish();
        file.Write(checksum);
        file.Flush(flushToDisk: true);
        return new Segment(finalPath, sequence, full, before, checksum, position, common, file.Length, places);
    }

    /// <summary>Reads and verifies a segment; the values stay in the file.</summary>
    /// <exception cref="InvalidDataException">It is not whole; says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Segment Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < s_mark.Length + HashBytes || !bytes.AsSpan(0, s_mark.Length).SequenceEqual(s_mark))
            throw new InvalidDataException($"it has {bytes.Length} bytes and does not begin as a state file does");
        byte[] checksum = bytes[^HashBytes..];
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(checksum))
            throw new InvalidDataException("its SHA-256 differs from the one at its end: it is truncated or damaged");
        using var stream = new MemoryStream(bytes, s_mark.Length, bytes.Length - s_mark.Length - HashBytes);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        byte version = reader.ReadByte();
        if (version != Version)
            throw new InvalidDataException($"it has version {version}, and this program reads version {Version}");
        long sequence = reader.ReadInt64();
        bool full = reader.ReadBoolean();
        byte[] before = reader.ReadBytes(HashBytes);
        long position = reader.ReadInt64();
        byte[] common = reader.ReadBytes(reader.ReadInt32());
        int count = reader.ReadInt32();
        var records = new List<(string, long, int)>(count);
        for (int i = 0; i < count; i++)
        {
            string key = reader.ReadString();
            int length = reader.ReadInt32();
            records.Add((key, s_mark.Length + stream.Position, length));
            stream.Position += Math.Max(0, length);
        }

        return new Segment(path, sequence, full, before, checksum, position, common, bytes.Length, records);
    }
}
