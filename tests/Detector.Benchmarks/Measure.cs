using System.Diagnostics;

namespace Detector.Benchmarks;

/// <summary>
/// Times work: a warm-up, then many short runs of which the quickest counts. What other processes take of a shared machine can only be added to the
/// time that the work needs, never taken from it.
/// </summary>
internal static class Measure
{
    private const int Warmups = 4, LeastRuns = 5, MostRuns = 200;
    private static readonly TimeSpan s_warm = TimeSpan.FromMilliseconds(200), s_enough = TimeSpan.FromMilliseconds(500);

    /// <summary>Least nanoseconds, and mean bytes allocated, per operation.</summary>
    /// <param name="operations">Operations in one call of <paramref name="work"/>.</param>
    public static (double Nanoseconds, double Bytes) PerOperation(int operations, Action work)
    {
        // Often enough that the compiled code is the optimised one.
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < Warmups || (i < MostRuns && Stopwatch.GetElapsedTime(begun) < s_warm); i++)
            work();
        double least = double.MaxValue;
        long before = GC.GetAllocatedBytesForCurrentThread();
        begun = Stopwatch.GetTimestamp();
        int run = 0;
        for (; run < LeastRuns || (run < MostRuns && Stopwatch.GetElapsedTime(begun) < s_enough); run++)
        {
            long started = Stopwatch.GetTimestamp();
            work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations);
        }

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)run * operations);
        return (least, Math.Round(bytes, 2));
    }
}
