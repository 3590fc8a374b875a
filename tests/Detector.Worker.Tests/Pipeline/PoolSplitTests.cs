using Detector.Worker.Pipeline;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Pipeline;

public sealed class PoolSplitTests
{
    private const int WindowRows = 8, Block = 32, LeastNew = 40;
    private static readonly WindowShape s_shape = new(WindowRows, TimeSpan.TicksPerSecond, 4 * TimeSpan.TicksPerSecond, 0.5);

    [Fact]
    public void Split_NoHoles_HoldsEverySecondStretchOfTheNewSamples()
    {
        GroupShare pool = Pool(Enumerable.Range(0, 1000));

        (GroupShare learned, GroupShare held) = PoolSplit.Split(pool, s_shape, Rows.Time(399).UtcTicks, LeastNew);

        Assert.Equal(pool.Ticks, learned.Ticks.Concat(held.Ticks).Order());
        Assert.All(held.Ticks, ticks => Assert.True(ticks > Rows.Time(399).UtcTicks));
        Assert.InRange(held.Ticks.Length, 240, 300);
        Assert.Equal(pool.Ticks[^1], learned.Ticks[^1]);
        Assert.Equal(6, Stretches(held).Count);
    }

    [Fact]
    public void Split_BlocksWithHoles_CutsNoBlockInTwo()
    {
        // Blocks as a pool keeps them, of no length that the stretches have: some at once behind one another, most hours apart.
        GroupShare pool = Pool(Enumerable.Range(0, 20).SelectMany(block => Enumerable.Range(block * 3600, Block)));

        (GroupShare learned, GroupShare held) = PoolSplit.Split(pool, s_shape, 0, LeastNew);

        Assert.All(Stretches(learned).Concat(Stretches(held)), rows => Assert.Equal(Block, rows));
        Assert.Equal(10, Stretches(held).Count);
        // What each window costs is what its block costs: all but the rows before the first are there.
        int windows = 0;
        new RowsReplay(held.Features, s_shape, held.Ticks, held.Values).Replay((_, _, _) => windows++);
        Assert.Equal(10 * (Block - WindowRows + 1), windows);
    }

    [Fact]
    public void Split_RowsOfBothParts_AreThoseOfThePool()
    {
        GroupShare pool = Pool(Enumerable.Range(0, 300).Where(row => row % 100 < 70));

        (GroupShare learned, GroupShare held) = PoolSplit.Split(pool, s_shape, 0, LeastNew);

        foreach (GroupShare part in (GroupShare[])[learned, held])
        {
            for (int i = 0; i < part.Ticks.Length; i++)
                Assert.Equal(pool.Row(Array.IndexOf(pool.Ticks, part.Ticks[i])), part.Row(i));
        }
    }

    [Fact]
    public void Split_RemnantShorterThanAWindow_IsNeverHeldOut()
    {
        GroupShare pool = Pool(Enumerable.Range(0, 400).Where(row => row % 40 is < 5 or >= 10));

        (_, GroupShare held) = PoolSplit.Split(pool, s_shape, 0, LeastNew);

        Assert.All(Stretches(held), rows => Assert.True(rows >= WindowRows));
    }

    /// <summary>Lengths of the stretches without a hole.</summary>
    private static List<int> Stretches(GroupShare share)
    {
        var lengths = new List<int>();
        for (int i = 0; i < share.Ticks.Length; i++)
        {
            if (i == 0 || s_shape.IsHole(share.Ticks[i] - share.Ticks[i - 1]))
                lengths.Add(0);
            lengths[^1]++;
        }

        return lengths;
    }

    private static GroupShare Pool(IEnumerable<int> rows)
    {
        int[] all = [.. rows];
        return new GroupShare("s", Rows.Features, [.. all.Select(row => Rows.Time(row).UtcTicks)], [.. all.SelectMany(row => Rows.Values(row))]);
    }
}
