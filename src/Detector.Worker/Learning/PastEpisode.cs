using System.Numerics.Tensors;

namespace Detector.Worker.Learning;

/// <summary>An episode that is over, or goes on.</summary>
/// <param name="FromTicks">Event time of its first sample, UTC ticks.</param>
/// <param name="ToTicks">Event time of the last sample while it was open.</param>
/// <param name="Peak">Highest score.</param>
/// <param name="PerDay">Normal episodes that were to be expected a day above that score.</param>
/// <param name="Direction">(F) direction in which the series deviated at the peak, of length 1.</param>
internal sealed record PastEpisode(long FromTicks, long ToTicks, double Peak, double PerDay, float[] Direction)
{
    /// <summary>How much stronger than the one before its like may be.</summary>
    public const double Stronger = 1.5;

    private const float Same = 0.8f; // cosine
    private const double Weaker = 3, LengthFactor = 4;

    /// <summary>Directions, each (F), that it went through and that are unlike each other, the first of them.</summary>
    public IReadOnlyList<float[]> Directions { get; init; } = [Direction];

    /// <summary>Whether it is one thing with an earlier one: in the same features, about as long, hardly stronger. Weaker it may be, as a model learns of it.</summary>
    public bool IsLike(PastEpisode earlier) =>
        TensorPrimitives.Dot(Direction, earlier.Direction) >= Same
        && Peak <= Stronger * earlier.Peak
        && Peak >= earlier.Peak / Weaker
        && Ratio(ToTicks - FromTicks, earlier.ToTicks - earlier.FromTicks) <= LengthFactor;

    public bool Covers(long ticks) => FromTicks <= ticks && ticks <= ToTicks;

    private static double Ratio(double left, double right) => Math.Max(left, right) / Math.Max(Math.Min(left, right), 1e-9);
}
