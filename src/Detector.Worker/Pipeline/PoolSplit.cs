using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Cuts a pool into what a challenger learns from and what it is compared on. Samples that are known to the champion are learned from; of the others every
/// second stretch, as near as that comes to half of them, is held out. A pool has holes, behind which windows begin anew: stretches end there, and what is
/// left between two holes is cut evenly, so that no stretch is a remnant which hardly gives a window.
/// </summary>
internal static class PoolSplit
{
    /// <summary>A stretch without holes has about so many windows.</summary>
    private const int WindowsOfStretch = 6;

    /// <param name="knownUntil">UTC ticks of the newest sample that the champion was learned from.</param>
    /// <param name="leastNew">Fewer new samples than this, and the newer half of all counts as new.</param>
    public static (GroupShare Learned, GroupShare Held) Split(GroupShare share, WindowShape shape, long knownUntil, int leastNew)
    {
        long[] ticks = share.Ticks;
        int known = ticks.Count(time => time <= knownUntil), first = ticks.Length - known >= leastNew ? known : ticks.Length / 2;
        bool[] isHeld = new bool[ticks.Length];
        int stretch = Math.Min(WindowsOfStretch * shape.Rows, Math.Max(2 * shape.Rows, ticks.Length / 4));
        int learned = 0, held = 0;
        // From the newest stretch on, which is learned from.
        foreach ((int from, int to) in Stretches(ticks, first, shape, stretch).Reverse())
        {
            bool isOut = held + to - from <= learned && to - from >= shape.Rows;
            isHeld.AsSpan(from..to).Fill(isOut);
            (learned, held) = isOut ? (learned, held + to - from) : (learned + to - from, held);
        }

        return (Part(share, isHeld, false), Part(share, isHeld, true));
    }

    private static IEnumerable<(int From, int To)> Stretches(long[] ticks, int first, WindowShape shape, int stretch)
    {
        for (int from = first, to; from < ticks.Length; from = to)
        {
            to = from + 1;
            while (to < ticks.Length && !shape.IsHole(ticks[to] - ticks[to - 1]))
                to++;
            int parts = Math.Max(1, (int)Math.Round((double)(to - from) / stretch));
            for (int part = 0; part < parts; part++)
                yield return (from + (int)((long)(to - from) * part / parts), from + (int)((long)(to - from) * (part + 1) / parts));
        }
    }

    private static GroupShare Part(GroupShare share, bool[] isHeld, bool held)
    {
        int[] rows = [.. Enumerable.Range(0, isHeld.Length).Where(row => isHeld[row] == held)];
        double[] values = new double[rows.Length * share.Features.Count];
        for (int i = 0; i < rows.Length; i++)
            share.Row(rows[i]).CopyTo(values.AsSpan(i * share.Features.Count));
        return share with { Ticks = [.. rows.Select(row => share.Ticks[row])], Values = values };
    }
}
