using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

internal sealed partial class ReorderBuffer
{
    public void Save(BinaryWriter writer)
    {
        writer.Write(_width);
        writer.Write(_maxTicks);
        writer.Write(_dueTicks);
        writer.Write(_releasedTicks);
        writer.Write<double>(_released);
        writer.Write(Count);
        for (int i = 0; i < Count; i++)
        {
            writer.Write(At(i).Ticks);
            writer.Write<double>(_slab.AsSpan(At(i).Slot * _width, _width));
        }
    }

    /// <summary>Releases the claims of the samples held.</summary>
    public void ReleaseClaims()
    {
        for (int i = 0; i < Count; i++)
            At(i).Receipt.Release();
    }

    /// <summary>Takes up what was saved; to be called on an empty buffer.</summary>
    /// <param name="places">Where each saved feature stands now.</param>
    /// <param name="receipt">Stands for the messages of the samples held, which are part of the state.</param>
    public void Load(BinaryReader reader, FeaturePlaces places, Receipt receipt = default)
    {
        int width = places.Width(reader.ReadInt32());
        long maxTicks = reader.ReadInt64(), dueTicks = reader.ReadInt64(), releasedTicks = reader.ReadInt64();
        double[] released = places.Arrange(reader.ReadArray<double>());
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            long ticks = reader.ReadInt64();
            Add(ticks, places.Arrange(reader.ReadArray<double>()), receipt);
        }

        if (width > _width)
            Widen(width);
        _maxTicks = maxTicks;
        _dueTicks = dueTicks;
        _releasedTicks = releasedTicks;
        _released.AsSpan().Fill(double.NaN);
        released.CopyTo(_released, 0);
    }

    /// <summary>Puts the values of what is held, and of what was released last, in other places: the features are others from now on.</summary>
    public void Arrange(FeaturePlaces places)
    {
        double[][] rows = [.. Enumerable.Range(0, _slots).Select(slot => places.Arrange(_slab[(slot * _width)..((slot + 1) * _width)]))];
        double[] released = places.Arrange(_released);
        (_slab, _released, int width) = ([], [], places.Width(_width));
        _width = 0;
        Widen(width);
        for (int slot = 0; slot < _slots; slot++)
            rows[slot].CopyTo(_slab, slot * _width);
        released.CopyTo(_released, 0);
    }
}
