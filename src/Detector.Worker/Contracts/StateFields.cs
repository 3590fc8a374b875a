using System.Runtime.InteropServices;

namespace Detector.Worker.Contracts;

/// <summary>Arrays of plain numbers in saved state: their count, then their bytes, little endian as every machine that .NET runs on here.</summary>
internal static class StateFields
{
    public static void Write<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <exception cref="InvalidDataException">There are less bytes than the count says.</exception>
    public static T[] ReadArray<T>(this BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[Count<T>(reader)];
        Fill(reader, values);
        return values;
    }

    /// <exception cref="InvalidDataException">There are not as many values as the receiver has.</exception>
    public static void ReadInto<T>(this BinaryReader reader, Span<T> values)
        where T : unmanaged
    {
        int count = Count<T>(reader);
        if (count != values.Length)
            throw new InvalidDataException($"{count} values were saved where there are {values.Length}.");
        Fill(reader, values);
    }

    /// <summary>Refuses a record of another version.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static void ReadVersion(this BinaryReader reader, byte version, string what)
    {
        byte found = reader.ReadByte();
        if (found != version)
            throw new InvalidDataException($"The saved {what} has version {found}, this program reads version {version}.");
    }

    private static int Count<T>(BinaryReader reader)
        where T : unmanaged
    {
        int count = reader.ReadInt32();
        return count >= 0 && count * (long)Marshal.SizeOf<T>() <= Array.MaxLength
            ? count
            : throw new InvalidDataException($"{count} values cannot have been saved.");
    }

    private static void Fill<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged
    {
        try
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"The saved state ends within {values.Length} values.");
        }
    }
}
