namespace Detector.Worker.Pipeline;

/// <summary>What a review of a shared model has come to. Saved with each series that has seen it: the newest counts.</summary>
/// <param name="At">Event time of the review, UTC ticks; 0 before the first.</param>
/// <param name="TrainedAt">Event time of the latest training.</param>
/// <param name="Trigger">Why a challenger was learned at it; empty when none was.</param>
/// <param name="Champion">Version that served then.</param>
/// <param name="InVain">Trainings since a model was promoted.</param>
internal sealed record SharedRound(long At, long TrainedAt, string Trigger, string Champion, int InVain)
{
    public static SharedRound None { get; } = new(0, 0, "", "", 0);

    public bool HasChallenger => Trigger.Length > 0;

    public void Save(BinaryWriter writer)
    {
        writer.Write(At);
        writer.Write(TrainedAt);
        writer.Write(Trigger);
        writer.Write(Champion);
        writer.Write(InVain);
    }

    public static SharedRound Load(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
}
