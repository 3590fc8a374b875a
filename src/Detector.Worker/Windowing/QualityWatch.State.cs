using System.Runtime.InteropServices;
using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

internal sealed partial class QualityWatch
{
    public void Save(BinaryWriter writer)
    {
        writer.Write<double>(_values);
        writer.Write<long>(_runStarts);
        writer.Write<long>(_lastSeen);
        writer.Write<long>(_wrongTypes);
        writer.Write<byte>(MemoryMarshal.AsBytes<Fault>(_faults));
        writer.Write(_newFeatures.Count);
        foreach (byte[] name in _newFeatures)
            writer.Write<byte>(name);
        writer.Write(_newestTicks);
        writer.Write(IsSilent);
    }

    /// <exception cref="InvalidDataException">It was saved of other features.</exception>
    public void Load(BinaryReader reader)
    {
        reader.ReadInto<double>(_values);
        reader.ReadInto<long>(_runStarts);
        reader.ReadInto<long>(_lastSeen);
        reader.ReadInto<long>(_wrongTypes);
        reader.ReadInto(MemoryMarshal.AsBytes(_faults.AsSpan()));
        _newFeatures.Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            _newFeatures.Add(reader.ReadArray<byte>());
        _newestTicks = reader.ReadInt64();
        IsSilent = reader.ReadBoolean();
    }
}
