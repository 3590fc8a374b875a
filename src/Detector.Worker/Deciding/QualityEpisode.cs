using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Bad data of one series and reason, from the first feature concerned to the last that is well again. Times are UTC ticks.</summary>
internal sealed class QualityEpisode(string id, long startedTicks) : IReasonEpisode<QualityEpisode>
{
    public string Id { get; } = id;

    public long StartedTicks { get; } = startedTicks;

    /// <summary>Every feature that was concerned, in the order in which they were found.</summary>
    public List<AlertFeature> Features { get; } = [];

    /// <summary>How many of them, or of whole series, are not well again.</summary>
    public int Open { get; set; }

    /// <summary>Number of the alert published last.</summary>
    public int Revision { get; set; }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(StartedTicks);
        writer.Write(Open);
        writer.Write(Revision);
        EpisodeFormat.Save(Features, writer);
    }

    public static QualityEpisode Load(BinaryReader reader)
    {
        var episode = new QualityEpisode(reader.ReadString(), reader.ReadInt64()) { Open = reader.ReadInt32(), Revision = reader.ReadInt32() };
        episode.Features.AddRange(EpisodeFormat.LoadFeatures(reader));
        return episode;
    }
}
