namespace Detector.Models.Evaluation;

/// <summary>A stretch of the time line, in rows.</summary>
internal readonly record struct Interval(double Start, double End)
{
    public double Length => End - Start;

    public static Interval Of(RowRange range) => new(range.First, range.Last + 1);

    /// <summary>The part between two times.</summary>
    public Interval Within(double start, double end) => new(Math.Max(Start, start), Math.Min(End, end));
}
