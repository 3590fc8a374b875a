using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// What is saved of it, and taken up again.
internal sealed partial class SeriesLearning
{
    private const byte Version = 3;

    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        _come.Save(writer);
        writer.Write(_hasChanged);
        writer.Write(_latest);
        _pool.Save(writer);
        _shifted.Save(writer);
        _suspect.Save(writer);
        _drift.Save(writer);
        _judge.Save(writer);
        _episodes.Save(writer);
        _recurrence.Save(writer);
        _known.Save(writer);
        _direction.Save(writer);
        writer.Write(_changedAt);
        writer.Write(_acceptedAt);
        writer.Write(_trainedAt);
        writer.Write(_wanted);
        writer.Write(_challenge);
        writer.Write(_trigger);
        writer.Write(_inVain);
        writer.Write(_isPaused);
        if (_shared is null)
            return;
        writer.Write(_isMember);
        writer.Write(_isAsking);
        Round.Save(writer);
    }

    /// <exception cref="InvalidDataException">It is of another version or of other features.</exception>
    public void Load(BinaryReader reader)
    {
        reader.ReadVersion(Version, "pool");
        _come.Load(reader);
        _hasChanged = reader.ReadBoolean();
        _latest = reader.ReadInt64();
        _newNames = [.. _come.Names.Skip(_features.Count)];
        int[] places = FeaturePlaces.Find(_come.Names, _features);
        (_pool, _shifted, _suspect) = (_pool.On(places), _shifted.On(places), _suspect.On(places));
        _pool.Load(reader);
        _shifted.Load(reader);
        _suspect.Load(reader);
        _drift.Load(reader);
        _judge.Load(reader);
        _episodes.Load(reader);
        _recurrence.Load(reader);
        _known.Load(reader);
        _direction.Load(reader);
        (_changedAt, _acceptedAt) = (reader.ReadInt64(), reader.ReadInt64());
        (_trainedAt, _wanted, _challenge, _trigger) = (reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), reader.ReadString());
        _inVain = reader.ReadInt32();
        _isPaused = reader.ReadBoolean();
        Pool = _pool.Describe();
        if (_shared is null)
            return;
        (_isMember, _isAsking) = (reader.ReadBoolean(), reader.ReadBoolean());
        Round = SharedRound.Load(reader);
        if (_isMember)
            _shared.Restored(this, Round);
    }
}
