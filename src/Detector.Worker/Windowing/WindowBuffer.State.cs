using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

internal sealed partial class WindowBuffer
{
    public void Save(BinaryWriter writer)
    {
        writer.Write(_rows);
        writer.Write(_features);
        writer.Write<double>(Window);
        writer.Write<double>(_sums);
        writer.Write<int>(_counts);
        writer.Write(_rowStart);
        writer.Write(NewestTicks);
        writer.Write(RowsHeld);
        writer.Write(NewestRow);
    }

    /// <exception cref="InvalidDataException">It was saved of a window of another shape.</exception>
    public void Load(BinaryReader reader)
    {
        (int rows, int features) = (reader.ReadInt32(), reader.ReadInt32());
        if (rows != _rows || features != _features)
            throw new InvalidDataException($"A window of {rows} × {features} was saved where one of {_rows} × {_features} is kept.");
        reader.ReadInto(_ring.AsSpan(0, _rows * _features));
        reader.ReadInto<double>(_sums);
        reader.ReadInto<int>(_counts);
        _rowStart = reader.ReadInt64();
        NewestTicks = reader.ReadInt64();
        RowsHeld = reader.ReadInt32();
        NewestRow = reader.ReadInt64();
        Mirror();
    }
}
