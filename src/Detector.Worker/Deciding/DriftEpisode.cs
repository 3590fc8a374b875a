using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>A drift of one series and reason, from the review that found it to the first of several that do not. Times are UTC ticks.</summary>
internal sealed class DriftEpisode(string id, long startedTicks) : IReasonEpisode<DriftEpisode>
{
    public string Id { get; } = id;

    public long StartedTicks { get; } = startedTicks;

    /// <summary>What was told last.</summary>
    public DriftSignal Signal { get; set; }

    /// <summary>Reviews in a row that no longer found it.</summary>
    public int Quiet { get; set; }

    /// <summary>Number of the alert published last; 0 while it is suppressed.</summary>
    public int Revision { get; set; }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(StartedTicks);
        writer.Write((byte)Signal.Reason);
        writer.Write(Signal.Feature ?? "");
        writer.Write(Signal.Value);
        writer.Write(Signal.Message ?? "");
        writer.Write(Quiet);
        writer.Write(Revision);
    }

    public static DriftEpisode Load(BinaryReader reader)
    {
        var episode = new DriftEpisode(reader.ReadString(), reader.ReadInt64());
        var reason = (DriftReason)reader.ReadByte();
        string feature = reader.ReadString();
        episode.Signal = new DriftSignal(reason, feature.Length == 0 ? null : feature, reader.ReadDouble(), reader.ReadString());
        (episode.Quiet, episode.Revision) = (reader.ReadInt32(), reader.ReadInt32());
        return episode;
    }
}
