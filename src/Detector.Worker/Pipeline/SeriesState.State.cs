using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// What a snapshot keeps of the series. Each stage saves what it owns.
internal sealed partial class SeriesState
{
    private const byte Version = 7;

    /// <summary>For each stage the checkpoint that it has yet to save this series for, and the series' number in it. Owned by the stages.</summary>
    public (Checkpoint? Checkpoint, int Index)[] Unsaved { get; } = new (Checkpoint?, int)[Enum.GetValues<CheckpointStage>().Length];

    /// <summary>Whether it has changed since the latest cut. Owned by the source's thread.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The partition that its samples come from; null before the first. Owned by the source's thread.</summary>
    public LanePartition? Home { get; set; }

    private LanePartition? _poolHome; // in whose state the pieces of the pool are

    /// <summary>Samples accepted. Owned by the source's thread.</summary>
    public long Samples { get; private set; }

    /// <summary>Event time up to which a saved state, where the series came with one, knows what was judged; 0 without. Set before the first sample.</summary>
    public long RestoredTicks { get; private set; }

    /// <summary>Number of the lane's message that brought its latest sample. Owned by the source's thread.</summary>
    public long LastSeen { get; set; }

    /// <summary>Whether it can be put aside: nothing waits for a model or for later samples.</summary>
    public bool CanSpill => _reorder.Count == 0 && !IsHolding && Slot.Phase != SlotPhase.Training && _review is not { Pending: not 0 };

    /// <param name="home">The partition in whose state it is saved.</param>
    public void Save(CheckpointStage stage, BinaryWriter writer, Checkpoint checkpoint, LanePartition home)
    {
        switch (stage)
        {
            case CheckpointStage.Source:
                SaveSource(writer, checkpoint, home);
                break;
            case CheckpointStage.Deciding when Judge is not null:
                Judge.Save(writer);
                Quality!.Save(writer);
                Status.Save(writer);
                Learning?.Save(writer);
                break;
            case CheckpointStage.Scoring when _scored is not null:
                _scored.Save(writer);
                break;
            default:
                break; // there is no model yet
        }
    }

    /// <summary>Whether a saved series had a model in service, or had one ready.</summary>
    public static bool HadModel(byte[] record)
    {
        using BinaryReader reader = SeriesRecord.Share(record, CheckpointStage.Source);
        reader.ReadVersion(Version, "series");
        return (SlotPhase)reader.ReadByte() == SlotPhase.Active;
    }

    /// <summary>Takes up what was saved; to be called before the first sample. What cannot be used with the model in service begins anew.</summary>
    /// <param name="home">The partition in whose state it was saved.</param>
    /// <exception cref="InvalidDataException">The record is of another version or broken.</exception>
    public void Load(byte[] record, LanePartition home, long arrival)
    {
        Home = _poolHome = home;
        using BinaryReader reader = SeriesRecord.Share(record, CheckpointStage.Source);
        reader.ReadVersion(Version, "series");
        Slot.Load(reader, this, piece => home.State!.Read(PieceName(piece)), out string[] names);
        NewestTicks = reader.ReadInt64();
        Samples = reader.ReadInt64();
        _seenAt = reader.ReadInt64();
        _seenSweep = reader.ReadInt32();
        _passedTicks = reader.ReadInt64();
        string version = reader.ReadString();
        QuietUntil = reader.ReadInt64();
        int cold = reader.ReadInt32();
        bool hasBegun = reader.ReadBoolean();
        LiveModel? model = Before(version, cold);
        FeatureSchema schema = model is { IsOfGroup: false } own ? own.Schema : Slot.Schema;
        NewFeatures more = _new ?? new NewFeatures(0, 0);
        more.Load(reader);
        names = [.. names, .. more.Names];
        more.Forget(schema.Names);
        FeaturePlaces places = FeaturePlaces.Of(names, [.. schema.Names, .. NewNames]);
        _reorder.Load(reader, places, home.Restored);
        _backlog.Load(reader, places, home.Restored, arrival);
        if (model is null)
            return;
        Use(model, model.IsOfGroup ? null : BeginReviews(model));
        more.LoadRows(reader, _window!);
        _window!.Load(reader);
        _watch?.Load(reader);
        _restarted = reader.ReadBoolean();
        _isSilent = _watch?.IsSilent ?? false;
        _hasBegun = hasBegun;
        if (!hasBegun)
            return; // what the other stages saved is of the model before
        bool knowsReviews = _review is not null && reader.BaseStream.Position < reader.BaseStream.Length;
        if (knowsReviews)
            _review!.Load(reader);

        using BinaryReader scored = SeriesRecord.Share(record, CheckpointStage.Scoring);
        Memory!.Load(scored);
        using BinaryReader judged = SeriesRecord.Share(record, CheckpointStage.Deciding);
        Judge!.Load(judged);
        Quality!.Load(judged);
        Status.Load(judged);
        RestoredTicks = Status.Ticks;
        if (!knowsReviews || judged.BaseStream.Position >= judged.BaseStream.Length)
            return;
        Learning!.Load(judged);
        ResumeReview();
    }

    /// <summary>The model that it had when it was saved; null where it begins anew.</summary>
    private LiveModel? Before(string version, int cold)
    {
        // One that has its own model by now begins with that.
        if (cold > 0)
            return Slot.Model is null ? ResumeCold(version, cold) : null;
        return Slot.Model is { } model && version == model.Version && Pipeline.Shared is null ? model : Slot.Model is null ? null : ModelBefore(version);
    }

    /// <summary>Lets go the claims of what is held back: it is saved, and this series is dropped from memory.</summary>
    public void ReleaseClaims()
    {
        _reorder.ReleaseClaims();
        _backlog.ReleaseClaims();
    }

    private string PieceName(int piece) => SeriesRecord.Piece(SeriesRecord.Name(this), piece);

    private void SaveSource(BinaryWriter writer, Checkpoint checkpoint, LanePartition home)
    {
        writer.Write(Version);
        if (_poolHome != home)
            Pool.ForgetSaved(); // the pieces are in another partition's state
        _poolHome = home;
        Slot.Save(writer, this, (piece, rows) => checkpoint.Put(home, PieceName(piece), rows));
        writer.Write(NewestTicks);
        writer.Write(Samples);
        writer.Write(_seenAt);
        writer.Write(_seenSweep);
        writer.Write(_passedTicks);
        writer.Write(_model?.Version ?? "");
        writer.Write(QuietUntil);
        writer.Write(_cold?.Samples ?? 0);
        writer.Write(_hasBegun);
        NewFeatures more = _new ?? new NewFeatures(0, 0);
        more.Save(writer);
        _reorder.Save(writer);
        _backlog.Save(writer);
        more.SaveRows(writer);
        _window?.Save(writer);
        _watch?.Save(writer);
        writer.Write(_restarted);
        _review?.Save(writer);
    }
}
