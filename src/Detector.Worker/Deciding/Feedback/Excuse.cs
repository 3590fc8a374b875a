namespace Detector.Worker.Deciding.Feedback;

/// <summary>
/// Whether an episode is excused by feedback. It changes its mind only after some samples that all say otherwise, since the direction of a single one
/// is half noise: a twin may look strange for a moment, and another fault like the twin. A series without feedback has nothing to excuse and does not
/// wait. One thread.
/// </summary>
internal sealed class Excuse(FeedbackWatch feedback)
{
    /// <summary>Samples in a row that change it.</summary>
    public const int SamplesToChange = 5;

    private bool _holds;
    private int _against;

    /// <summary>Whether the latest sample was like one that was marked.</summary>
    public bool IsLike { get; private set; }

    /// <summary>An episode begins: where there is feedback, it is waited for what this one looks like.</summary>
    public void Begin()
    {
        _holds = feedback.HasExcused;
        _against = 0;
    }

    /// <summary>Takes an anomalous sample; whether the episode is excused.</summary>
    public bool Take(ReadOnlySpan<float> direction, double score)
    {
        IsLike = feedback.Excuses(direction, score);
        _against = IsLike == _holds ? 0 : _against + 1;
        if (_against >= SamplesToChange)
            (_holds, _against) = (IsLike, 0);
        return _holds;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_holds);
        writer.Write(_against);
    }

    public void Load(BinaryReader reader)
    {
        _holds = reader.ReadBoolean();
        _against = reader.ReadInt32();
    }
}
