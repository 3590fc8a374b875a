using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Bad data of one series and reason, from the first feature concerned to the last that is well again. Times are UTC ticks.</summary>
internal sealed class QualityEpisode(string id, long startedTicks)
{
    public string Id { get; } = id;

    public long StartedTicks { get; } = startedTicks;

    /// <summary>Every feature that was concerned, in the order in which they were found.</summary>
    public List<AlertFeature> Features { get; } = [];

    /// <summary>How many of them, or of whole series, are not well again.</summary>
    public int Open { get; set; }

    /// <summary>Number of the alert published last.</summary>
    public int Revision { get; set; }
}
