namespace Detector.Worker.Deciding.Feedback;

/// <summary>
/// Whether an episode is excused by feedback, or by what is known. It changes its mind only after some samples that all say otherwise, since the direction of
/// a single one is half noise: a twin may look strange for a moment, and another fault like the twin. A series without either has nothing to excuse and does
/// not wait. One thread.
/// </summary>
/// <param name="waits">Whether an episode is taken for excused until it is seen what it looks like, instead of by its first sample.</param>
internal sealed class Excuse(IExcuses excuses, bool waits)
{
    /// <summary>Samples in a row that change it.</summary>
    public const int SamplesToChange = 5;

    private bool _holds;
    private int _against;
    private bool _begins;

    /// <summary>Whether the latest sample was like one that was marked.</summary>
    public bool IsLike { get; private set; }

    /// <summary>An episode begins, with the sample that is taken next.</summary>
    public void Begin()
    {
        _holds = waits && excuses.Any;
        _against = 0;
        _begins = !waits;
    }

    /// <summary>Takes an anomalous sample; whether the episode is excused.</summary>
    /// <param name="lasting">Ticks since it began.</param>
    public bool Take(ReadOnlySpan<float> direction, double score, long lasting)
    {
        IsLike = excuses.Excuses(direction, score, lasting);
        if (_begins)
            _holds = IsLike;
        _begins = false;
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
