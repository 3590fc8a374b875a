namespace Detector.Tests.Support;

/// <summary>Counts what this thread allocates.</summary>
internal static class Allocations
{
    private const int Runs = 5;

    /// <summary>
    /// Bytes that an action allocates on this thread, the least of several runs: a collection that another thread starts meanwhile counts the
    /// rest of this thread's allocation buffer, some kilobytes, as allocated.
    /// </summary>
    public static long Least(Action act)
    {
        long least = long.MaxValue;
        for (int run = 0; run < Runs && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
