using System.Numerics.Tensors;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// Episodes whose like is not told again: those that an open question is about, once told, and those that were taken for normal, until none has come for
/// weeks. What is told meanwhile is another thing, or stronger; what was not told never makes more be excused. One thread.
/// </summary>
/// <param name="similarity">Least cosine between directions that are alike.</param>
internal sealed partial class KnownEpisodes(float similarity)
{
    private const int Most = 16; // of either kind
    private const double Longer = 4; // than an alarm that recurs, its like may last: one that stays is another thing
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(28);
    private readonly List<(PastEpisode Episode, DriftReason Question)> _asked = [];
    private readonly List<(PastEpisode Episode, DriftReason Question, long SeenTicks)> _normal = [];

    public bool Any => _asked.Count + _normal.Count > 0;

    /// <summary>Whether a deviation is like one of them, and hardly stronger.</summary>
    /// <param name="direction">(F) of length 1.</param>
    /// <param name="lasting">Ticks for which it has been there.</param>
    public bool Excuses(ReadOnlySpan<float> direction, double score, long lasting)
    {
        foreach ((PastEpisode episode, DriftReason question) in _asked)
        {
            if (IsLike(episode, question, direction, score, lasting))
                return true;
        }

        foreach ((PastEpisode episode, DriftReason question, _) in _normal)
        {
            if (IsLike(episode, question, direction, score, lasting))
                return true;
        }

        return false;
    }

    /// <summary>Whether an episode is like one that was taken for normal.</summary>
    public bool IsNormal(PastEpisode episode) => _normal.Exists(known => IsLike(known.Episode, known.Question, episode));

    /// <summary>A question is open about an episode.</summary>
    public void Ask(DriftReason question, PastEpisode episode)
    {
        if (_asked.Count < Most && !_asked.Exists(asked => asked.Question == question && IsLike(asked.Episode, question, episode)))
            _asked.Add((episode, question));
    }

    /// <summary>A question is over, and nothing was said, or that it was about a fault.</summary>
    public void Withdraw(DriftReason question) => _asked.RemoveAll(asked => asked.Question == question);

    /// <summary>What a question is about is normal from here on.</summary>
    public void Accept(DriftReason question, long ticks)
    {
        _normal.AddRange(_asked.Where(asked => asked.Question == question).Select(asked => (asked.Episode, question, ticks)));
        _normal.RemoveRange(0, Math.Max(0, _normal.Count - Most));
        Withdraw(question);
    }

    /// <summary>Forgets what has not come for weeks, and what was confirmed to be a fault.</summary>
    public void Review(long ticks, IReadOnlyList<PastEpisode> past, Func<long, bool> isFaulty)
    {
        for (int i = 0; i < _normal.Count; i++)
        {
            if (past.LastOrDefault(episode => IsLike(_normal[i].Episode, _normal[i].Question, episode)) is { } latest)
                _normal[i] = _normal[i] with { SeenTicks = Math.Max(latest.ToTicks, _normal[i].SeenTicks) };
        }

        _normal.RemoveAll(known => ticks - known.SeenTicks > s_memory.Ticks || IsFaulty(known.Episode));
        _asked.RemoveAll(asked => IsFaulty(asked.Episode));

        bool IsFaulty(PastEpisode episode) => isFaulty(episode.FromTicks) || isFaulty(episode.ToTicks);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_asked.Count);
        foreach ((PastEpisode episode, DriftReason question) in _asked)
        {
            EpisodeLog.Save(writer, episode);
            writer.Write((byte)question);
        }

        writer.Write(_normal.Count);
        foreach ((PastEpisode episode, DriftReason question, long seen) in _normal)
        {
            EpisodeLog.Save(writer, episode);
            writer.Write((byte)question);
            writer.Write(seen);
        }
    }

    public void Load(BinaryReader reader)
    {
        _asked.Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            _asked.Add((EpisodeLog.Read(reader), (DriftReason)reader.ReadByte()));
        _normal.Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            _normal.Add((EpisodeLog.Read(reader), (DriftReason)reader.ReadByte(), reader.ReadInt64()));
    }

    private bool IsLike(PastEpisode known, DriftReason question, PastEpisode episode) =>
        IsLike(known, question, episode.Direction, episode.Peak, episode.ToTicks - episode.FromTicks);

    /// <summary>A shift that is asked about lasts: only alarms that come and go may last too long.</summary>
    private bool IsLike(PastEpisode known, DriftReason question, ReadOnlySpan<float> direction, double score, long lasting)
    {
        if (score > PastEpisode.Stronger * known.Peak || (question == DriftReason.Recurrence && lasting > Longer * (known.ToTicks - known.FromTicks)))
            return false;
        foreach (float[] seen in known.Directions)
        {
            if (TensorPrimitives.Dot(seen, direction) >= similarity)
                return true;
        }

        return false;
    }
}
