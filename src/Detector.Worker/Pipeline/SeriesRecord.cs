using System.Text;

namespace Detector.Worker.Pipeline;

/// <summary>A series in saved state: the shares of the stages, each with its length before it.</summary>
internal static class SeriesRecord
{
    public static string Name(SeriesState series) => Name(series.Pipeline.Name, series.Key);

    public static string Name(string pipeline, string series) => pipeline + '\0' + series;

    /// <summary>Key of the series in a record's name; null when it is no series.</summary>
    public static string? Series(string name) => name.IndexOf('\0', StringComparison.Ordinal) is > 0 and var end ? name[(end + 1)..] : null;

    /// <summary>Name of a piece of what a series in its warm-up has collected; no series has such a name.</summary>
    public static string Piece(string name, int index) => FormattableString.Invariant($"\0{index}\0{name}");

    /// <summary>Bytes before each share, for its length.</summary>
    public const int LengthBytes = sizeof(int);

    /// <exception cref="InvalidDataException">It does not hold that many shares.</exception>
    public static BinaryReader Share(byte[] record, CheckpointStage stage)
    {
        int at = 0;
        for (CheckpointStage next = 0; ; next++)
        {
            int length = at + sizeof(int) <= record.Length ? BitConverter.ToInt32(record, at) : -1;
            at += sizeof(int);
            if (length < 0 || length > record.Length - at)
                throw new InvalidDataException($"A saved series has {record.Length} bytes and no share of {stage}.");
            if (next == stage)
                return new BinaryReader(new MemoryStream(record, at, length, writable: false), Encoding.UTF8);
            at += length;
        }
    }
}
