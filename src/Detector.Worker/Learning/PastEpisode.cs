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
    private const float Same = 0.8f; // cosine
    private const double PeakFactor = 1.5, LengthFactor = 3;

    /// <summary>Whether the two are one thing that came twice: in the same features, about as strong, about as long.</summary>
    public bool IsLike(PastEpisode other) =>
        TensorPrimitives.Dot(Direction, other.Direction) >= Same
        && Ratio(Peak, other.Peak) <= PeakFactor
        && Ratio(ToTicks - FromTicks, other.ToTicks - other.FromTicks) <= LengthFactor;

    public bool Covers(long ticks) => FromTicks <= ticks && ticks <= ToTicks;

    private static double Ratio(double left, double right) => Math.Max(left, right) / Math.Max(Math.Min(left, right), 1e-9);
}
