using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Detector.Models.Scoring;

/// <summary>
/// What the views of a model remember of one series between two of its windows: running averages, scales and levels. Created by
/// <see cref="AnomalyModel.CreateMemory"/>; belongs to the thread that scores the series.
/// </summary>
public sealed class SeriesMemory
{
    private const int LineBytes = 64;
    private readonly double[] _slots;

    internal SeriesMemory(double[] slots) => _slots = slots;

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public int Size => sizeof(int) + _slots.Length * sizeof(double);

    /// <summary>Has the processor fetch it, while something else is done that does not need it.</summary>
    internal unsafe void Prefetch()
    {
        if (!Sse.IsSupported)
            return;
        fixed (double* slots = _slots)
        {
            for (int i = 0; i < _slots.Length; i += LineBytes / sizeof(double))
                Sse.Prefetch1(slots + i);
        }
    }

    internal Span<double> Slots(int start, int length) => _slots.AsSpan(start, length);

    /// <summary>Writes everything remembered.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }

    /// <summary>Takes up what <see cref="Save"/> wrote; scores go on to the last bit.</summary>
    /// <exception cref="InvalidDataException">It was written for another model.</exception>
    public void Load(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        if (length != _slots.Length)
            throw new InvalidDataException($"The memory of a series holds {length} numbers, and the model's views need {_slots.Length}.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }
}
