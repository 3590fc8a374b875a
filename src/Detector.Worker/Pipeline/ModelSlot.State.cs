using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// What a snapshot keeps of the place of a model, with each of its series.
internal sealed partial class ModelSlot
{
    private bool _restored;
    private bool _requested;

    /// <summary>Whether its training began before a restart: a model of the same samples may be stored already.</summary>
    public bool WasTraining { get; private set; }

    /// <summary>Saves the slot and what it collected of one series, as one.</summary>
    /// <param name="piece">Takes the pieces of the collection that have changed, as <see cref="Learning.WarmupPool"/> does.</param>
    public void Save(BinaryWriter writer, SeriesState series, Action<int, byte[]?> piece)
    {
        lock (_lock)
        {
            writer.Write((byte)_phase);
            writer.Write(_warmup.Ticks);
            writer.Write(_minSamples);
            IReadOnlyList<string> names = series.Schema.Names;
            writer.Write(names.Count);
            foreach (string name in names)
                writer.Write(name);
            series.Pool.Save(writer, piece);
        }
    }

    /// <summary>Takes up where a saved slot stood, unless one of its series has brought that back already or it has a model.</summary>
    /// <param name="piece">Reads a saved piece of the collection.</param>
    /// <param name="names">The features of the series' saved rows.</param>
    public void Load(BinaryReader reader, SeriesState series, Func<int, byte[]?> piece, out string[] names)
    {
        lock (_lock)
        {
            var phase = (SlotPhase)reader.ReadByte();
            long warmup = reader.ReadInt64();
            int minSamples = reader.ReadInt32();
            names = new string[reader.ReadInt32()];
            for (int i = 0; i < names.Length; i++)
                names[i] = reader.ReadString();
            FeaturePlaces places = _model is null ? Schema.Restore(names) : FeaturePlaces.Of(names, Schema.Names);
            series.Pool.Load(reader, places, piece);
            if (_restored || _phase == SlotPhase.Active)
                return;
            _restored = true;
            if (phase == SlotPhase.Active)
                return; // its model is stored no more: learn anew
            _warmup = TimeSpan.FromTicks(warmup);
            _minSamples = minSamples;
            _phase = phase;
            WasTraining = phase == SlotPhase.Training;
            if (WasTraining)
                Schema.Freeze();
        }
    }

    /// <summary>The series is watched here no more.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Leave(SeriesState series)
    {
        lock (_lock)
        {
            _members.Remove(series);
            return _members.Count == 0;
        }
    }

    /// <summary>Whether this caller is to have the model trained that a restart interrupted; true once.</summary>
    public bool TakeInterruptedTraining()
    {
        lock (_lock)
        {
            bool take = WasTraining && !_requested && _phase == SlotPhase.Training;
            _requested |= take;
            return take;
        }
    }
}
