using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding.Feedback;

/// <summary>What feedback says of one series' patterns, in the order of its model's features. One thread.</summary>
/// <param name="similarity">Least cosine between directions that are alike.</param>
internal sealed class FeedbackWatch(FeedbackBook book, string pipeline, string series, IReadOnlyList<string> features, float similarity) : IExcuses
{
    /// <summary>What was confirmed before is told from this share of the threshold on.</summary>
    public const double Sooner = 0.9;

    private int _version = -1;
    private (float[] Direction, double UpTo)[] _excused = [];
    private float[][] _confirmed = [];

    /// <summary>Whether anything is excused.</summary>
    public bool Any
    {
        get
        {
            Renew();
            return _excused.Length > 0;
        }
    }

    /// <summary>Whether anything was confirmed.</summary>
    public bool HasConfirmed
    {
        get
        {
            Renew();
            return _confirmed.Length > 0;
        }
    }

    /// <summary>Whether a deviation in that direction, so strong, is like one that was marked as no anomaly.</summary>
    public bool Excuses(ReadOnlySpan<float> direction, double score, long lasting)
    {
        Renew();
        foreach ((float[] known, double upTo) in _excused)
        {
            if (score <= upTo && Direction.Cosine(known, direction) >= similarity)
                return true;
        }

        return false;
    }

    /// <summary>Whether a deviation in that direction is like one that was confirmed.</summary>
    public bool IsConfirmed(ReadOnlySpan<float> direction)
    {
        Renew();
        foreach (float[] known in _confirmed)
        {
            if (Direction.Cosine(known, direction) >= similarity)
                return true;
        }

        return false;
    }

    private void Renew()
    {
        int version = book.Version;
        if (version == _version)
            return;
        _version = version;
        IReadOnlyList<FeedbackMark> marks = book.Of(pipeline, series);
        _excused = [.. from mark in marks where mark.Verdict != FeedbackVerdict.Confirmed from direction in Ordered(mark.Pattern) select (direction, mark.ExcusedUpTo)];
        _confirmed = [.. from mark in marks where mark.Verdict == FeedbackVerdict.Confirmed from direction in Ordered(mark.Pattern) select direction];
    }

    /// <summary>The directions in the order of this model's features; a later model may have others.</summary>
    private IEnumerable<float[]> Ordered(AlertPattern pattern)
    {
        int[] places = [.. features.Select(feature => IndexOf(pattern.Features, feature))];
        return pattern.Directions.Select(direction => (float[])[.. places.Select(place => place >= 0 && place < direction.Length ? direction[place] : 0)]);
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
