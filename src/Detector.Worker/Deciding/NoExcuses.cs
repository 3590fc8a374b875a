namespace Detector.Worker.Deciding;

/// <summary>Everything is told.</summary>
internal sealed class NoExcuses : IExcuses
{
    public static NoExcuses Instance { get; } = new();

    public bool Any => false;

    public bool Excuses(ReadOnlySpan<float> direction, double score, long lasting) => false;
}
