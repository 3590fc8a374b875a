using System.Diagnostics;

namespace Detector.Benchmarks;

/// <summary>Times work: a warm-up, then several runs of which the median counts.</summary>
internal static class Measure
{
    private const int Warmups = 4;
    private const int Runs = 5;

    /// <summary>Median nanoseconds and bytes allocated per operation.</summary>
    /// <param name="operations">Operations in one call of <paramref name="work"/>.</param>
    public static (double Nanoseconds, double Bytes) PerOperation(int operations, Action work)
    {
        // Often enough that the compiled code is the optimised one.
        for (int i = 0; i < Warmups; i++)
            work();
        var times = new double[Runs];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < Runs; run++)
        {
            long started = Stopwatch.GetTimestamp();
            work();
            times[run] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
        }

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Runs * operations);
        Array.Sort(times);
        return (times[Runs / 2], Math.Round(bytes, 2));
    }
}
