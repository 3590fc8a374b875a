namespace Detector.Worker.Deciding;

/// <summary>Deviations of one series that are not to be told. One thread.</summary>
internal interface IExcuses
{
    /// <summary>Whether there are any.</summary>
    bool Any { get; }

    /// <param name="direction">(F) direction of the deviation, of length 1.</param>
    /// <param name="score">How strong it is.</param>
    /// <param name="lasting">Ticks for which it has been there.</param>
    bool Excuses(ReadOnlySpan<float> direction, double score, long lasting);
}
