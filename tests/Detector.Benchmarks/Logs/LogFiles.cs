using System.Globalization;
using System.IO.Compression;

namespace Detector.Benchmarks.Logs;

/// <summary>Reads the files of the public logs.</summary>
internal static class LogFiles
{
    /// <summary>Lines as bytes, without their ends.</summary>
    public static List<byte[]> Lines(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        packed.CopyTo(memory);
        var lines = new List<byte[]>();
        ReadOnlySpan<byte> rest = memory.ToArray();
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            lines.Add((end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r').ToArray());
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return lines;
    }

    /// <summary>Rows of a CSV file, without its header, cut at the commas.</summary>
    public static List<string[]> Rows(string path) =>
        [.. Lines(path).Skip(1).Select(line => System.Text.Encoding.UTF8.GetString(line).Split(','))];

    /// <summary>Sessions (id, label, events) of a file.</summary>
    public static List<(bool Anomalous, ulong[] Events)> Sessions(string path) =>
        [.. Rows(path).Select(row => (row[1] == "1", row[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToArray()))];
}
