using System.Numerics.Tensors;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// The episodes of the last weeks that nobody has confirmed. Of a model's alarms so many a week are normal operation: that is what the stated rate says.
/// Were they left out of what is learned from, each model would know less of what is rare and normal than the one before, and alarm the more. Of
/// those that the tail of normal scores allows, the mildest count as normal, as many as the rate grants. One thread; a function of what it is shown.
/// </summary>
internal sealed partial class EpisodeLog
{
    private const int Most = 128, MostDirections = 8;
    private const float SameDirection = 0.95f; // cosine
    private const double LeastExpected = 0.05; // of normal episodes as high in all the time that is remembered; what is rarer is no chance
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(28), s_settles = TimeSpan.FromDays(1);

    private readonly List<PastEpisode> _past = [];
    private PastEpisode? _open;
    private double _granted; // normal episodes that the stated rate has granted and that were not taken yet
    private long _countedTo;

    /// <summary>Those that are over, the oldest first.</summary>
    public IReadOnlyList<PastEpisode> Past => _past;

    /// <summary>The one that goes on; null for none.</summary>
    public PastEpisode? Open => _open;

    /// <summary>Takes up a sample.</summary>
    /// <param name="isOpen">Whether it is part of an episode.</param>
    /// <param name="perDay">Normal episodes to be expected a day above its score.</param>
    /// <param name="direction">(F) of length 1; copied.</param>
    public void Add(long ticks, bool isOpen, double score, double perDay, ReadOnlySpan<float> direction)
    {
        if (!isOpen)
            Close();
        else if (_open is not { } open)
            _open = new PastEpisode(ticks, ticks, score, perDay, direction.ToArray());
        else
        {
            _open = score > open.Peak ? open with { ToTicks = ticks, Peak = score, PerDay = perDay, Direction = direction.ToArray() } : open with { ToTicks = ticks };
            if (open.Directions.Count < MostDirections && !IsIn(open.Directions, direction))
                _open = _open with { Directions = [.. open.Directions, direction.ToArray()] };
        }
    }

    /// <summary>What is open is not kept: it is known otherwise.</summary>
    public void Drop() => _open = null;

    /// <summary>Forgets what is old, and what was confirmed to be a fault.</summary>
    public void Forget(long ticks, Func<long, bool> isFaulty) =>
        _past.RemoveAll(episode => ticks - episode.ToTicks > s_memory.Ticks || isFaulty(episode.FromTicks) || isFaulty(episode.ToTicks));

    /// <summary>Takes the mildest that the stated rate grants; younger than a day they wait for a word of somebody.</summary>
    public IReadOnlyList<PastEpisode> TakeMild(long ticks, double statedPerDay)
    {
        double days = _countedTo == 0 ? 0 : TimeSpan.FromTicks(ticks - _countedTo).TotalDays;
        _granted = Math.Min(_granted + statedPerDay * days, Math.Max(1, statedPerDay * s_memory.TotalDays));
        _countedTo = ticks;
        PastEpisode[] mild =
        [
            .. _past.Where(episode => ticks - episode.ToTicks >= s_settles.Ticks && episode.PerDay * s_memory.TotalDays >= LeastExpected)
                .OrderByDescending(episode => episode.PerDay)
                .Take((int)_granted),
        ];
        _granted -= mild.Length;
        _past.RemoveAll(mild.Contains);
        return mild;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_granted);
        writer.Write(_countedTo);
        writer.Write(_past.Count);
        foreach (PastEpisode episode in _past)
            Save(writer, episode);
        writer.Write(_open is not null);
        if (_open is not null)
            Save(writer, _open);
    }

    public void Load(BinaryReader reader)
    {
        (_granted, _countedTo) = (reader.ReadDouble(), reader.ReadInt64());
        _past.Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            _past.Add(Read(reader));
        _open = reader.ReadBoolean() ? Read(reader) : null;
    }

    public static void Save(BinaryWriter writer, PastEpisode episode)
    {
        writer.Write(episode.FromTicks);
        writer.Write(episode.ToTicks);
        writer.Write(episode.Peak);
        writer.Write(episode.PerDay);
        writer.Write<float>(episode.Direction);
        writer.Write(episode.Directions.Count);
        foreach (float[] direction in episode.Directions)
            writer.Write<float>(direction);
    }

    public static PastEpisode Read(BinaryReader reader)
    {
        var episode = new PastEpisode(reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadArray<float>());
        float[][] directions = new float[reader.ReadInt32()][];
        for (int i = 0; i < directions.Length; i++)
            directions[i] = reader.ReadArray<float>();
        return episode with { Directions = directions };
    }

    private static bool IsIn(IReadOnlyList<float[]> directions, ReadOnlySpan<float> direction)
    {
        foreach (float[] known in directions)
        {
            if (TensorPrimitives.Dot(known, direction) >= SameDirection)
                return true;
        }

        return false;
    }

    private void Close()
    {
        if (_open is null)
            return;
        _past.Add(_open);
        _open = null;
        if (_past.Count > Most)
            _past.RemoveAt(0);
    }
}
