using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

internal sealed partial class NewFeatures
{
    public void Save(BinaryWriter writer)
    {
        writer.Write<long>(_once);
        writer.Write(_next);
        writer.Write(Count);
        foreach (string name in Names)
            writer.Write(name);
        writer.Write<long>(_seen);
    }

    /// <summary>Saves the rows beside the window of the model.</summary>
    public void SaveRows(BinaryWriter writer)
    {
        writer.Write(_rows?.Features ?? 0);
        _rows?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        (_once, _next) = (reader.ReadArray<long>(), reader.ReadInt32());
        string[] names = new string[reader.ReadInt32()];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        Hold(names, reader.ReadArray<long>());
    }

    /// <param name="window">The model's own, empty.</param>
    /// <exception cref="InvalidDataException">They were saved beside a window of another shape.</exception>
    public void LoadRows(BinaryReader reader, WindowBuffer window)
    {
        int columns = reader.ReadInt32();
        if (columns == 0)
            return;
        _rows = window.Rearranged(Enumerable.Repeat(-1, columns).ToArray());
        _rows.Load(reader);
    }
}
