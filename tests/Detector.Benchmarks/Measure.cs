using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Detector.Benchmarks;

/// <summary>
/// Times work: a warm-up, then many short runs of which the quickest counts, in time that this thread had the processor for. What other processes take
/// of a shared machine is thereby left out, but for what they do to its caches and clock.
/// </summary>
internal static partial class Measure
{
    private const int Warmups = 4, LeastRuns = 5, MostRuns = 200;
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(1), s_enough = TimeSpan.FromMilliseconds(500);

    /// <summary>Least nanoseconds, and mean bytes allocated, per operation.</summary>
    /// <param name="operations">Operations in one call of <paramref name="work"/>.</param>
    /// <param name="work">On this thread alone, unless <paramref name="elapsed"/>.</param>
    /// <param name="elapsed">Whether time that passes while the thread waits counts too, as for work on another device.</param>
    public static (double Nanoseconds, double Bytes) PerOperation(int operations, Action work, bool elapsed = false)
    {
        // Often enough that the compiled code is the optimised one.
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < Warmups || Stopwatch.GetElapsedTime(begun) < s_warm; i++)
            work();
        double least = double.MaxValue;
        long before = GC.GetAllocatedBytesForCurrentThread();
        begun = Stopwatch.GetTimestamp();
        int run = 0;
        for (; run < LeastRuns || (run < MostRuns && Stopwatch.GetElapsedTime(begun) < s_enough); run++)
        {
            double started = Now(elapsed);
            work();
            least = Math.Min(least, (Now(elapsed) - started) / operations);
        }

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)run * operations);
        return (least, Math.Round(bytes, 2));
    }

    /// <summary>Nanoseconds.</summary>
    private static double Now(bool elapsed) => !elapsed && OperatingSystem.IsLinux() && Clock(ThreadProcessorTime, out Timespec time) == 0
        ? time.Seconds * 1e9 + time.Nanoseconds
        : Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Clock(int clock, out Timespec time);

    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
