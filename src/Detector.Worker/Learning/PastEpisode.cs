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

    /// <summary>The same, with other features.</summary>
    /// <param name="places">For each feature its place here, −1 for one that was not known.</param>
    public PastEpisode On(int[] places)
    {
        return this with { Direction = On(Direction), Directions = [.. Directions.Select(On)] };

        float[] On(float[] before)
        {
            float[] direction = [.. places.Select(place => place < 0 ? 0 : before[place])];
            float length = TensorPrimitives.Norm(direction);
            if (length > 0)
                TensorPrimitives.Divide(direction, length, direction);
            return direction;
        }
    }

    private static double Ratio(double left, double right) => Math.Max(left, right) / Math.Max(Math.Min(left, right), 1e-9);
}
