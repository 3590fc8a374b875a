using Detector.Tests.Support;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class WindowBufferTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const double NaN = double.NaN;

    [Fact]
    public void Add_RegularSamples_FillsThenSlides()
    {
        var window = new WindowBuffer(new WindowShape(3, Second, 3 * Second, 0.5), 1);
        Assert.Equal(WindowStep.Filling, window.Add(10 * Second, [1]));
        Assert.Equal(WindowStep.Filling, window.Add(11 * Second, [2]));
        Assert.Equal([NaN, 1, 2], window.Window.ToArray());
        Assert.Equal((2, 1, 11 * Second), (window.RowsHeld, window.Missing, window.NewestTicks));
        Assert.Equal(WindowStep.Ready, window.Add(12 * Second, [3]));
        Assert.Equal(WindowStep.Ready, window.Add(13 * Second, [4]));
        Assert.Equal([2, 3, 4], window.Window.ToArray());
        Assert.Equal(0, window.Missing);
    }

    [Fact]
    public void Add_SampleSkipped_LeavesAMissingRow()
    {
        var window = new WindowBuffer(new WindowShape(3, Second, 3 * Second, 0.5), 1);
        window.Add(0, [1]);
        Assert.Equal(WindowStep.Ready, window.Add(2 * Second, [3]));
        Assert.Equal([1, NaN, 3], window.Window.ToArray());
        Assert.Equal(1, window.Missing);
    }

    [Fact]
    public void Add_TooMuchMissing_IsSparse()
    {
        var window = new WindowBuffer(new WindowShape(3, Second, 5 * Second, 0.5), 1);
        window.Add(0, [1]);
        Assert.Equal(WindowStep.Sparse, window.Add(3 * Second, [4]));
        Assert.Equal(WindowStep.Ready, window.Add(4 * Second, [5]));
    }

    [Fact]
    public void Add_SameBin_OverwritesWithWhatIsThere()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 5 * Second, 0.5), 3);
        window.Add(0, [1, 1, NaN]);
        window.Add(Second, [2, NaN, NaN]);
        Assert.Equal(WindowStep.Ready, window.Add(Second + 1000, [NaN, 5, 6]));
        Assert.Equal([1, 1, NaN, 2, 5, 6], window.Window.ToArray());
        Assert.Equal(1, window.Missing);
    }

    [Fact]
    public void Add_SameBinWithMeans_HoldsTheMeanOfEachFeatureSoFar()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 5 * Second, 0.5, Resampling.Mean), 2);
        window.Add(0, [1, 1]);
        window.Add(Second, [2, NaN]);
        window.Add(Second + 1000, [4, 10]);
        Assert.Equal([1, 1, 3, 10], window.Window.ToArray());
        window.Add(Second + 2000, [9, 20]);
        Assert.Equal([1, 1, 5, 15], window.Window.ToArray());
        window.Add(2 * Second, [7, 7]);
        Assert.Equal([5, 15, 7, 7], window.Window.ToArray());
    }

    [Fact]
    public void Add_LongSilence_Restarts()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 2 * Second, 0.5), 1);
        window.Add(0, [1]);
        window.Add(2 * Second, [2]);
        Assert.Equal(WindowStep.Restarted | WindowStep.Filling, window.Add(5 * Second, [3]));
        Assert.Equal([NaN, 3], window.Window.ToArray());
        Assert.Equal((1, 1), (window.RowsHeld, window.Missing));
    }

    [Fact]
    public void Add_SilenceLongerThanTheWindowButAllowed_KeepsTheRowsCount()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 100 * Second, 0.5), 1);
        window.Add(0, [1]);
        Assert.Equal(WindowStep.Ready, window.Add(50 * Second, [3]));
        Assert.Equal([NaN, 3], window.Window.ToArray());
    }

    [Fact]
    public void Add_OlderThanTheNewest_ChangesNothing()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 2 * Second, 0.5), 1);
        window.Add(5 * Second, [1]);
        Assert.Equal(WindowStep.None, window.Add(4 * Second, [9]));
        Assert.Equal(WindowStep.None, window.Add(long.MinValue, [9]));
        Assert.Equal([NaN, 1], window.Window.ToArray());
    }

    [Fact]
    public void Add_OtherWidthThanTheFeatures_IsPaddedOrCut()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 2 * Second, 0.5), 2);
        window.Add(0, [1]);
        window.Add(Second, [2, 3, 4]);
        Assert.Equal([1, NaN, 2, 3], window.Window.ToArray());
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.3)]
    [InlineData(3, 0.45)]
    public void Add_JitterAndAFirstSampleThatIsOff_NeitherSkipsNorDoublesRows(int seed, double jitter)
    {
        var random = new Random(seed);
        var window = new WindowBuffer(new WindowShape(20, Second, 10 * Second, 0.5), 1);
        // The first sample is as late as can be: a grid that stood still would cut right through the rest.
        window.Add((long)(jitter * 0.9 * Second), [0]);
        int missing = 0;
        for (int i = 1; i < 5000; i++)
        {
            long ticks = (i * Second) + (long)(((random.NextDouble() * 2) - 1) * jitter * 0.7 * Second);
            window.Add(ticks, [i]);
            if (i > 100)
                missing += double.IsNaN(window.Window[^1]) || window.Missing > 0 ? 1 : 0;
        }

        Assert.Equal(0, missing);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(0.99)]
    public void Add_SamplingClockSlightlyOff_NeitherSkipsNorDoublesRows(double factor)
    {
        var window = new WindowBuffer(new WindowShape(20, Second, 10 * Second, 0.5), 1);
        for (int i = 0; i < 5000; i++)
        {
            window.Add((long)(i * factor * Second), [i]);
            Assert.Equal(Math.Max(0, 19 - i), window.Missing);
            Assert.Equal(Math.Min(20, i + 1), window.RowsHeld);
        }
    }

    [Fact]
    public void Add_SamplesMuchFasterThanTheGrid_KeepsTheGridsPace()
    {
        var window = new WindowBuffer(new WindowShape(1000, Second, 10 * Second, 0.5), 1);
        for (int i = 0; i < 10_000; i++)
            window.Add(i * Second / 20, [i]);
        Assert.InRange(window.RowsHeld, 499, 501);
    }

    [Theory]
    [InlineData(11, 4, 3)]
    [InlineData(12, 2, 1)]
    [InlineData(13, 32, 5)]
    public void Add_RandomStream_DoesWhatThePlainWindowDoes(int seed, int rows, int features)
    {
        var random = new Random(seed);
        var shape = new WindowShape(rows, 1000, 6000, 0.6);
        var window = new WindowBuffer(shape, features);
        var reference = new ReferenceWindow(shape, features);
        foreach ((long ticks, double[] values) in Stream(random, 20_000, features))
        {
            Assert.Equal(reference.Add(ticks, values), window.Add(ticks, values));
            Assert.Equal(reference.Window, window.Window.ToArray());
            Assert.Equal(reference.Window.Count(double.IsNaN), window.Missing);
        }
    }

    [Fact]
    public void Add_PrefixOfAStream_GivesTheSameWindows()
    {
        (long Ticks, double[] Values)[] all = [.. Stream(new Random(21), 3000, 2)];
        var whole = new WindowBuffer(new WindowShape(8, 1000, 6000, 0.6), 2);
        var windows = new List<double[]>();
        foreach ((long ticks, double[] values) in all)
        {
            whole.Add(ticks, values);
            windows.Add(whole.Window.ToArray());
        }

        foreach (int length in new[] { 1, 10, 500, 2999 })
        {
            var prefix = new WindowBuffer(new WindowShape(8, 1000, 6000, 0.6), 2);
            foreach ((long ticks, double[] values) in all.Take(length))
                prefix.Add(ticks, values);
            Assert.Equal(windows[length - 1], prefix.Window.ToArray());
        }
    }

    [Fact]
    public void Add_AnyStream_AllocatesNothing()
    {
        (long Ticks, double[] Values)[] all = [.. Stream(new Random(22), 100_000, 4)];
        var window = new WindowBuffer(new WindowShape(16, 1000, 6000, 0.6), 4);
        window.Add(-1, all[0].Values);

        long offset = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            foreach ((long ticks, double[] values) in all)
                window.Add(offset + ticks, values);
            offset += all[^1].Ticks + 1000;
        }));
    }

    private static IEnumerable<(long Ticks, double[] Values)> Stream(Random random, int count, int features)
    {
        long ticks = 0;
        for (int i = 0; i < count; i++)
        {
            ticks += random.Next(100) switch
            {
                < 85 => 1000 + random.Next(-300, 300),
                < 95 => random.Next(0, 900),
                < 99 => random.Next(1000, 7000),
                _ => random.Next(-500, 60_000),
            };
            var values = new double[features];
            for (int f = 0; f < features; f++)
                values[f] = random.Next(10) == 0 ? NaN : random.NextDouble();
            yield return (ticks, values);
        }
    }
}
