using Detector.Tests.Support;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class NormalPoolTests
{
    private static readonly long s_start = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(10);

    [Fact]
    public void Add_Months_StaysBoundedCoversTheWeekAndFavoursTheRecent()
    {
        NormalPool pool = Pool();
        Fill(pool, 0, 60 * 144);

        (long[] ticks, double[] values) = pool.Copy();
        Assert.InRange(pool.Rows, 1800, 2016);
        Assert.Equal((pool.Rows, 2 * pool.Rows), (ticks.Length, values.Length));
        Assert.Equal(ticks.Order(), ticks);
        Assert.Equal(NormalPool.Cells, pool.Covered);
        long middle = s_start + TimeSpan.FromDays(30).Ticks;
        Assert.True(ticks.Count(time => time > middle) > 2 * ticks.Count(time => time <= middle));
        Assert.True(ticks[0] < s_start + TimeSpan.FromDays(30).Ticks, "Nothing old is left.");
    }

    [Fact]
    public void Add_Full_WritesOverTheBlockThatIsGivenUp()
    {
        NormalPool pool = Pool();
        int next = 0;
        void Block()
        {
            Fill(pool, next, 18);
            next += 18;
        }

        for (int i = 0; i < 200; i++)
            Block();
        Assert.InRange(Allocations.Least(Block), 0, 100); // the block itself, not its 54 numbers

        (long[] ticks, double[] values) = pool.Copy();
        for (int i = 0; i < ticks.Length; i++)
            Assert.Equal(ticks[i], At((int)values[2 * i]));
    }

    [Fact]
    public void Break_ShortBlock_IsLeftOut_LongEnoughOneStays()
    {
        NormalPool pool = Pool();
        Fill(pool, 0, 5);
        pool.Break();
        Assert.Equal(0, pool.Rows);
        Fill(pool, 10, 12);
        pool.Break();
        Assert.Equal(12, pool.Rows);
    }

    [Fact]
    public void Copy_SinceATime_IsOfBlocksThatBeginThen()
    {
        NormalPool pool = Pool();
        Fill(pool, 0, 90);
        Assert.Equal(At(54), pool.Copy(At(40)).Ticks[0]);
        Assert.Equal(90, pool.Copy().Ticks.Length);
    }

    [Fact]
    public void RemoveAndTake_ByTime_MoveWholeBlocks()
    {
        NormalPool pool = Pool(), other = Pool();
        Fill(pool, 0, 90);
        pool.Remove(ticks => ticks == At(20));
        Assert.Equal(72, pool.Rows);
        Fill(other, 18, 36);
        pool.Take(other, ticks => ticks < At(36));
        Assert.Equal((90, 18), (pool.Rows, other.Rows));
        Assert.Equal(pool.Copy().Ticks.Order(), pool.Copy().Ticks);
    }

    [Fact]
    public void SaveAndLoad_GoOnWithTheSameDraws()
    {
        NormalPool left = Pool(), right = Pool();
        Fill(left, 0, 3000);
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        left.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        right.Load(reader);
        Fill(left, 3000, 3000);
        Fill(right, 3000, 3000);
        Assert.Equal(left.Copy().Ticks, right.Copy().Ticks);
        Assert.Equal(left.Copy().Values, right.Copy().Values);
        Assert.Equal(left.Describe(), right.Describe());
    }

    [Fact]
    public void On_OtherFeatures_HoldsTheSameSamplesAndGoesOn()
    {
        NormalPool pool = Pool();
        Fill(pool, 0, 3000);
        pool.Add(At(3000), [1, 2]); // of a block that is not whole

        NormalPool other = pool.On([1, -1, 0]);

        Assert.Equal(pool.Rows, other.Rows);
        Assert.Equal(pool.Copy().Ticks, other.Copy().Ticks);
        Assert.Equal(pool.Copy().Values.Chunk(2).SelectMany(row => new[] { row[1], double.NaN, row[0] }), other.Copy().Values);
        for (int row = 3001; row < 6000; row++)
        {
            pool.Add(At(row), [row, -row]);
            other.Add(At(row), [-row, 5, row]);
        }

        Assert.Equal(pool.Copy().Ticks, other.Copy().Ticks);
        Assert.Equal(pool.Copy().Values.Chunk(2).Select(row => row[0]), other.Copy().Values.Chunk(3).Select(row => row[2]));
    }

    [Fact]
    public void Add_SeveralAtOneTime_TheLastCounts()
    {
        NormalPool pool = Pool(), one = Pool();
        for (int row = 0; row < 90; row++)
        {
            pool.Add(At(row), [double.NaN, -row]);
            pool.Add(At(row), [row, -row]);
            one.Add(At(row), [row, -row]);
        }

        Assert.Equal(one.Copy().Ticks, pool.Copy().Ticks);
        Assert.Equal(one.Copy().Values, pool.Copy().Values);
    }

    private static NormalPool Pool() => new(2, 18, 2016, TimeSpan.FromDays(21), 7, 9);

    private static long At(int row) => s_start + row * s_period.Ticks;

    private static void Fill(NormalPool pool, int first, int rows)
    {
        for (int row = first; row < first + rows; row++)
            pool.Add(At(row), [row, -row]);
    }
}
