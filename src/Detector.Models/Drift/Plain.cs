using System.Runtime.InteropServices;

namespace Detector.Models.Drift;

/// <summary>Arrays of doubles in saved state: their count, then their bytes.</summary>
internal static class Plain
{
    private const int Most = 1 << 24;

    public static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <exception cref="InvalidDataException">The count cannot be.</exception>
    public static double[] Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > Most)
            throw new InvalidDataException($"{count} values of drift cannot have been saved.");
        double[] values = new double[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <exception cref="InvalidDataException">There are not as many as the receiver has.</exception>
    public static void ReadInto(BinaryReader reader, double[] receiver)
    {
        double[] values = Read(reader);
        if (values.Length != receiver.Length)
            throw new InvalidDataException($"{values.Length} values of drift were saved where there are {receiver.Length}.");
        values.CopyTo(receiver, 0);
    }
}
