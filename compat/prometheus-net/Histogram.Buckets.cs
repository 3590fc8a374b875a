namespace Prometheus;

public sealed partial class Histogram
{
    // Bounds are computed in decimal, so that 0.1 + 0.1 + 0.1 is written as 0.3.

    /// <summary><paramref name="count"/> bounds from <paramref name="start"/> upwards, each <paramref name="width"/> above the last.</summary>
    public static double[] LinearBuckets(double start, double width, int count)
    {
        if (count <= 0) throw new ArgumentException($"{nameof(LinearBuckets)} was asked for {count} buckets; at least one is needed.");
        return Sequence((decimal)start, bound => bound + (decimal)width, count);
    }

    /// <summary><paramref name="count"/> bounds from <paramref name="start"/> upwards, each <paramref name="factor"/> times the last.</summary>
    public static double[] ExponentialBuckets(double start, double factor, int count)
    {
        if (count <= 0) throw new ArgumentException($"{nameof(ExponentialBuckets)} was asked for {count} buckets; at least one is needed.");
        if (start <= 0) throw new ArgumentException($"{nameof(ExponentialBuckets)} starts at {start}; only a positive bound can be multiplied upwards.");
        if (factor <= 1) throw new ArgumentException($"{nameof(ExponentialBuckets)} has the factor {factor}; bounds increase only if it is above 1.");
        return Sequence((decimal)start, bound => bound * (decimal)factor, count);
    }

    /// <summary>Every power of ten from 10^<paramref name="startPower"/> to 10^<paramref name="endPower"/>, cut into <paramref name="divisions"/> equal parts.</summary>
    /// <remarks>Powers 0 to 2 in two divisions: 5, 10, 50, 100.</remarks>
    public static double[] PowersOfTenDividedBuckets(int startPower, int endPower, int divisions)
    {
        if (startPower >= endPower)
            throw new ArgumentException($"The first power {startPower} must be below the last, {endPower}.", nameof(startPower));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisions);

        var bounds = new List<double>();
        for (var power = startPower; power < endPower; power++)
        {
            var top = (decimal)Math.Pow(10, power + 1);
            for (var part = 1; part <= divisions; part++)
            {
                // With more than ten parts, the first of one power lie below the last of the power before.
                var bound = (double)(top / divisions * part);
                if (bounds.Count == 0 || bound > bounds[^1]) bounds.Add(bound);
            }
        }

        return [.. bounds];
    }

    private static double[] Sequence(decimal start, Func<decimal, decimal> next, int count)
    {
        var bounds = new double[count];
        var bound = start;
        for (var i = 0; i < count; i++)
        {
            bounds[i] = (double)bound;
            bound = next(bound);
        }

        return bounds;
    }
}
