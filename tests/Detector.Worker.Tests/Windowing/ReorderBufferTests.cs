using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class ReorderBufferTests
{
    [Fact]
    public void Add_WithoutLateness_ReleasesAtOnceAndDropsWhatIsOlder()
    {
        var buffer = new ReorderBuffer(TimeSpan.Zero);

        Assert.Equal(DropReason.None, buffer.Add(10, [1], Receipt.None));
        Assert.Equal([10], Drain(buffer));
        Assert.Equal(DropReason.Duplicate, buffer.Add(10, [2], Receipt.None));
        Assert.Equal(DropReason.Late, buffer.Add(9, [2], Receipt.None));
        Assert.Equal(DropReason.None, buffer.Add(11, [2], Receipt.None));
        Assert.Equal([11], Drain(buffer));
    }

    [Fact]
    public void TryTake_WithLateness_ReleasesInOrderUpToTheNewestLessTheLateness()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(10));
        Add(buffer, 100, 105, 103);
        Assert.Empty(Drain(buffer));
        Add(buffer, 114);
        Assert.Equal([100, 103], Drain(buffer));

        Assert.Equal(DropReason.Duplicate, buffer.Add(105, [0], Receipt.None));
        Assert.Equal(DropReason.Late, buffer.Add(102, [0], Receipt.None));
        Assert.Equal(DropReason.None, buffer.Add(104, [0], Receipt.None));
        Assert.Equal([104], Drain(buffer));
        Assert.Equal(2, buffer.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Add_PartsOfOneTime_ComplementEachOtherAndAreNoDuplicates(int lateness)
    {
        const double N = double.NaN;
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(lateness));
        var rows = new List<(long, double[])>();
        (double[] Values, DropReason Expected)[] parts =
            [([1], DropReason.None), ([1], DropReason.Duplicate), ([N, 2], DropReason.None), ([9, 2], DropReason.Duplicate), ([1, N, 3], DropReason.None), ([N, N, 3], DropReason.Duplicate)];
        foreach ((double[] values, DropReason expected) in parts)
        {
            Assert.Equal(expected, buffer.Add(100, values, Receipt.None));
            Take();
        }

        Assert.Equal(DropReason.None, buffer.Add(101, [1, 2, 3], Receipt.None));
        buffer.EndOfInput();
        Take();
        Assert.Equal([100, 100, 100, 101], rows.Select(row => row.Item1));
        double[] merged = [N, N, N];
        foreach ((_, double[] row) in rows.Take(3))
        {
            for (int i = 0; i < row.Length; i++)
                merged[i] = double.IsNaN(row[i]) ? merged[i] : row[i];
        }

        Assert.Equal([1, 2, 3], merged);

        void Take()
        {
            while (buffer.TryTake(out long at, out ReadOnlySpan<double> row, out _))
                rows.Add((at, row.ToArray()));
        }
    }

    [Fact]
    public void EndOfInput_SamplesHeld_ReleasesAllOfThem()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromHours(1));
        Add(buffer, 3, 1, 2);
        buffer.EndOfInput();
        Assert.Equal([1, 2, 3], Drain(buffer));
        Assert.Equal(DropReason.Late, buffer.Add(2, [0], Receipt.None));
    }

    [Fact]
    public void TryTake_RowsGrewMeanwhile_PadsWithNaN()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(10));
        buffer.Add(1, [1], Receipt.None);
        buffer.Add(2, [2, 20, 200], Receipt.None);
        buffer.Add(3, [3, 30], Receipt.None);
        buffer.EndOfInput();

        var rows = new List<double[]>();
        while (buffer.TryTake(out _, out ReadOnlySpan<double> values, out _))
            rows.Add(values.ToArray());

        Assert.Equal([[1, double.NaN, double.NaN], [2, 20, 200], [3, 30, double.NaN]], rows);
    }

    [Fact]
    public void TryTake_MoreThanTheMost_ReleasesTheOldestEarly()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromDays(1));
        for (int i = 0; i < ReorderBuffer.MaxRows; i++)
            buffer.Add(i, [i], Receipt.None);
        Assert.Empty(Drain(buffer));

        buffer.Add(ReorderBuffer.MaxRows, [0], Receipt.None);

        Assert.Equal([0], Drain(buffer));
    }

    [Fact]
    public void TryTake_EachSample_KeepsItsOwnReceipt()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(5));
        buffer.Add(2, [0], new Receipt(null, 2));
        buffer.Add(1, [0], new Receipt(null, 1));
        buffer.EndOfInput();
        Assert.True(buffer.TryTake(out _, out _, out Receipt first));
        Assert.True(buffer.TryTake(out _, out _, out Receipt second));
        Assert.Equal((1, 2), (first.Ticket, second.Ticket));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    public void Add_RandomStream_DoesWhatASortedListDoes(int lateness)
    {
        var random = new Random(1234 + lateness);
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(lateness));
        var held = new SortedDictionary<long, double>();
        long released = long.MinValue;
        long newest = long.MinValue;
        for (int i = 0; i < 50_000; i++)
        {
            long ticks = (i / 2) + random.Next(-40, 40);
            DropReason expected = ticks == released || held.ContainsKey(ticks) ? DropReason.Duplicate
                : ticks < released ? DropReason.Late : DropReason.None;
            Assert.Equal(expected, buffer.Add(ticks, [i, -i], Receipt.None));
            if (expected == DropReason.None)
                held.Add(ticks, i);
            newest = Math.Max(newest, ticks);

            while (buffer.TryTake(out long at, out ReadOnlySpan<double> values, out _))
            {
                (long first, double value) = held.First();
                Assert.True(first <= newest - lateness);
                Assert.Equal((first, value, -value), (at, values[0], values[1]));
                held.Remove(first);
                released = first;
            }

            Assert.Equal(held.Count, buffer.Count);
            Assert.True(held.Count == 0 || held.First().Key > newest - lateness);
        }
    }

    [Fact]
    public void Arrange_OtherFeatures_WhatIsHeldGoesOnInItsNewPlaces()
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(10));
        for (int i = 0; i < 20; i++)
            buffer.Add(i, [i, -i, 100 + i], Receipt.None);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Drain(buffer));

        buffer.Arrange(FeaturePlaces.Of(["a", "b", "c"], ["d", "c", "a"]));

        // One more of a part, at the time of another and at that of the latest released.
        Assert.Equal(DropReason.None, buffer.Add(12, [7, double.NaN, double.NaN], Receipt.None));
        Assert.Equal(DropReason.Duplicate, buffer.Add(12, [double.NaN, 5, 6], Receipt.None));
        Assert.Equal(DropReason.Duplicate, buffer.Add(9, [double.NaN, 5, 6], Receipt.None));
        Assert.Equal(DropReason.None, buffer.Add(9, [8, double.NaN, double.NaN], Receipt.None));
        buffer.EndOfInput();
        var rows = new List<string>();
        while (buffer.TryTake(out long at, out ReadOnlySpan<double> values, out _))
            rows.Add($"{at}: {string.Join(' ', values.ToArray())}");
        Assert.Equal(
            ["9: 8 NaN NaN", "10: NaN 110 10", "11: NaN 111 11", "12: NaN 112 12", "12: 7 NaN NaN", "13: NaN 113 13"], rows.Take(6));
        Assert.Equal(12, rows.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Add_SteadyState_AllocatesNothing(int lateness)
    {
        var random = new Random(5);
        long[] ticks = [.. Enumerable.Range(0, 100_000).Select(i => (long)(i + random.Next(-20, 20)))];
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(lateness));
        double[] row = [1, 2, 3, 4];
        Pass(buffer, ticks, 0, row);

        long offset = 0;
        Assert.Equal(0, Allocations.Least(() => Pass(buffer, ticks, offset += 200_000, row)));
    }

    private static void Pass(ReorderBuffer buffer, long[] ticks, long offset, double[] row)
    {
        foreach (long at in ticks)
        {
            buffer.Add(offset + at, row, Receipt.None);
            while (buffer.TryTake(out _, out _, out _))
            {
            }
        }
    }

    private static void Add(ReorderBuffer buffer, params long[] ticks)
    {
        foreach (long at in ticks)
            Assert.Equal(DropReason.None, buffer.Add(at, [at], Receipt.None));
    }

    private static List<long> Drain(ReorderBuffer buffer)
    {
        var ticks = new List<long>();
        while (buffer.TryTake(out long at, out _, out _))
            ticks.Add(at);
        return ticks;
    }
}
