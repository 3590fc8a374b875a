namespace Detector.Worker.Windowing;

/// <summary>Measures how far apart the samples of a series usually are.</summary>
internal static class SamplingPeriod
{
    private const int MaxSamples = 4096;

    /// <summary>The median of the positive differences between neighbours among the first 4096 samples, to the millisecond from 10 ms on.</summary>
    /// <returns>False when there are fewer than two distinct times.</returns>
    public static bool TryMeasure(ReadOnlySpan<long> ticks, out long periodTicks)
    {
        ticks = ticks[..Math.Min(ticks.Length, MaxSamples)];
        var differences = new List<long>(ticks.Length);
        for (int i = 1; i < ticks.Length; i++)
        {
            if (ticks[i] > ticks[i - 1])
                differences.Add(ticks[i] - ticks[i - 1]);
        }

        if (differences.Count == 0)
        {
            periodTicks = 0;
            return false;
        }

        differences.Sort();
        periodTicks = Round(differences[differences.Count / 2]);
        return true;
    }

    /// <summary>As <see cref="TryMeasure"/>.</summary>
    /// <exception cref="ArgumentException">There are fewer than two distinct times.</exception>
    public static long Measure(ReadOnlySpan<long> ticks) => TryMeasure(ticks, out long period)
        ? period
        : throw new ArgumentException("A sampling period needs two samples at different times.", nameof(ticks));

    private static long Round(long ticks)
    {
        const long Millisecond = TimeSpan.TicksPerMillisecond;
        return ticks < 10 * Millisecond ? ticks : (ticks + (Millisecond / 2)) / Millisecond * Millisecond;
    }
}
