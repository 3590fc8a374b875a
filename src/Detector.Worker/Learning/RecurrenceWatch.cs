using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// Asks once about alarms that come again and again, all alike, for days, and that nobody has confirmed. A fault that grows does not come alike: what is
/// stronger in the later half of its times than in the earlier one is not asked about, and never learned by itself. One thread.
/// </summary>
internal sealed partial class RecurrenceWatch
{
    private const int Times = 4;
    private const double Growth = 1.2; // of the highest peak from the earlier half to the later one
    private static readonly TimeSpan s_span = TimeSpan.FromDays(2), s_over = TimeSpan.FromDays(2);
    private int _times;

    /// <summary>The latest of the alarms that are asked about; null when none are.</summary>
    public PastEpisode? Question { get; private set; }

    /// <summary>Event time of the review that asked.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Looks at the episodes that nothing else is said of.</summary>
    public void Review(long ticks, IReadOnlyList<PastEpisode> past)
    {
        if (Question is { } asked)
        {
            PastEpisode latest = past.LastOrDefault(episode => episode.IsLike(asked)) ?? asked;
            (Question, _times) = (ticks - latest.ToTicks > s_over.Ticks ? null : latest, past.Count(latest.IsLike));
            return;
        }

        if (past.Count < Times || ticks - past[^1].ToTicks > s_over.Ticks)
            return;
        PastEpisode[] alike = [.. past.Where(past[^1].IsLike)];
        if (alike.Length < Times || alike[^1].FromTicks - alike[0].FromTicks < s_span.Ticks || Grows(alike))
            return;
        (Question, AskedAt, _times) = (alike[^1], ticks, alike.Length);
    }

    /// <summary>It was answered.</summary>
    public void Accept() => Question = null;

    /// <param name="features">Names of the features.</param>
    /// <param name="after">Time after which it is taken for normal.</param>
    /// <returns>Null while nothing is asked.</returns>
    public DriftSignal? Describe(IReadOnlyList<string> features, TimeSpan after)
    {
        if (Question is null)
            return null;
        int feature = 0;
        for (int f = 1; f < features.Count; f++)
            feature = Math.Abs(Question.Direction[f]) > Math.Abs(Question.Direction[feature]) ? f : feature;
        return new DriftSignal(DriftReason.Recurrence, features[feature], _times, string.Create(
            CultureInfo.InvariantCulture,
            $"An alarm about {features[feature]} has come {_times} times, each time alike, and nobody has confirmed it. Normal operation? It is learned after {after}, unless it is marked as confirmed."));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_times);
        writer.Write(AskedAt);
        writer.Write(Question is not null);
        if (Question is not null)
            EpisodeLog.Save(writer, Question);
    }

    public void Load(BinaryReader reader)
    {
        (_times, AskedAt) = (reader.ReadInt32(), reader.ReadInt64());
        Question = reader.ReadBoolean() ? EpisodeLog.Read(reader) : null;
    }

    private static bool Grows(PastEpisode[] alike)
    {
        int half = alike.Length / 2;
        return alike[half..].Max(episode => episode.Peak) > Growth * alike[..half].Max(episode => episode.Peak);
    }
}
