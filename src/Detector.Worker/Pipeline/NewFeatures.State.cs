using System.Text;
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
        for (int i = 0; i < Count; i++)
        {
            writer.Write(Names[i]);
            writer.Write(_seen[i]);
        }

        writer.Write(_rows?.Features ?? 0);
        _rows?.Save(writer);
    }

    /// <param name="window">The model's own, empty.</param>
    /// <exception cref="InvalidDataException">It was saved beside a window of another shape.</exception>
    public void Load(BinaryReader reader, WindowBuffer window)
    {
        (_once, _next) = (reader.ReadArray<long>(), reader.ReadInt32());
        Names = new string[reader.ReadInt32()];
        _seen = new long[Names.Length];
        for (int i = 0; i < Names.Length; i++)
            (Names[i], _seen[i]) = (reader.ReadString(), reader.ReadInt64());
        _keys = [.. Names.Select(Encoding.UTF8.GetBytes)];
        int columns = reader.ReadInt32();
        if (columns == 0)
            return;
        _rows = window.Rearranged(Enumerable.Repeat(-1, columns).ToArray());
        _rows.Load(reader);
    }
}
