namespace Detector.Worker.Deciding;

/// <summary>The open episodes of a series, at most one for each reason.</summary>
internal sealed class OpenEpisodes<TReason, TEpisode>
    where TReason : struct, Enum
    where TEpisode : class, IReasonEpisode<TEpisode>
{
    private readonly TEpisode?[] _episodes = new TEpisode?[Enum.GetValues<TReason>().Length];

    /// <summary>How many reasons there are.</summary>
    public int Count => _episodes.Length;

    /// <summary>Whether any is open.</summary>
    public bool Any => Array.Exists(_episodes, episode => episode is not null);

    /// <summary>The open one of a reason; null for none.</summary>
    /// <param name="reason">Its number in <typeparamref name="TReason"/>.</param>
    public ref TEpisode? this[int reason] => ref _episodes[reason];

    public void Save(BinaryWriter writer)
    {
        foreach (TEpisode? episode in _episodes)
        {
            writer.Write(episode is not null);
            episode?.Save(writer);
        }
    }

    public void Load(BinaryReader reader)
    {
        foreach (ref TEpisode? episode in _episodes.AsSpan())
            episode = reader.ReadBoolean() ? TEpisode.Load(reader) : null;
    }
}
