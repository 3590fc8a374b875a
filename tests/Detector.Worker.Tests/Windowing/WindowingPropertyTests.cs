using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

/// <summary>Order, duplicates, grid and gaps together, on streams with every kind of dirt, against plain and slow references.</summary>
public sealed class WindowingPropertyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Windows_AnyStream_AreThoseOfTheReference(bool mean)
    {
        int released = 0, late = 0, duplicates = 0, restarts = 0;
        Properties.Hold(DirtyStream.Any, stream =>
        {
            WindowShape shape = Shape(mean);
            var (reorder, window) = (new ReorderBuffer(TimeSpan.FromTicks(stream.Lateness)), new WindowBuffer(shape, DirtyStream.Features));
            var (plainOrder, plainWindow) = (new ReferenceStream(stream.Lateness), new ReferenceWindow(shape, DirtyStream.Features));
            foreach (DirtyStream.Sample sample in stream.Arrivals)
            {
                DropReason reason = plainOrder.Add(sample.Ticks, sample.Values);
                Assert.Equal(reason, reorder.Add(sample.Ticks, sample.Values, Receipt.None));
                late += reason == DropReason.Late ? 1 : 0;
                duplicates += reason == DropReason.Duplicate ? 1 : 0;
                Release(end: false);
            }

            reorder.EndOfInput();
            Release(end: true);
            Assert.Equal(0, reorder.Count);

            void Release(bool end)
            {
                foreach ((long ticks, double[] values) in plainOrder.Take(end))
                {
                    Assert.True(reorder.TryTake(out long at, out ReadOnlySpan<double> row, out _));
                    Assert.Equal(ticks, at);
                    WindowStep step = plainWindow.Add(ticks, values);
                    Assert.Equal(step, window.Add(at, row));
                    Assert.Equal(plainWindow.Window, window.Window.ToArray());
                    Assert.Equal(plainWindow.Window.Count(double.IsNaN), window.Missing);
                    released++;
                    restarts += (step & WindowStep.Restarted) != 0 ? 1 : 0;
                }

                Assert.False(reorder.TryTake(out _, out _, out _));
            }
        });

        // The streams hold what they are to hold.
        Assert.True(released > 5000 && late > 100 && duplicates > 100 && restarts > 100, $"{released} released, {late} late, {duplicates} duplicates, {restarts} restarts");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Windows_DisorderWithinTheLatenessAndDuplicates_AreThoseOfTheCleanStream(bool mean)
    {
        int displaced = 0;
        Properties.Hold(DirtyStream.Punctual, stream =>
        {
            List<string> clean = Windows(stream.Clean, 0, mean, out int lost);
            Assert.Equal(0, lost);
            Assert.Equal(clean, Windows(stream.Arrivals, stream.Lateness, mean, out _));
            displaced += stream.Arrivals.Zip(stream.Arrivals.Skip(1)).Count(pair => pair.First.Ticks > pair.Second.Ticks);
        });
        Assert.True(displaced > 500, $"{displaced} samples were overtaken.");
    }

    [Fact]
    public void Samples_AnyStream_AreEachAcceptedOrDroppedForAReasonAndComeOutOnce() => Properties.Hold(DirtyStream.Any, stream =>
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(stream.Lateness));
        var accepted = new List<long>();
        var released = new List<(long Ticks, long Ticket)>();
        int late = 0, duplicates = 0;
        for (int i = 0; i < stream.Arrivals.Count; i++)
        {
            switch (buffer.Add(stream.Arrivals[i].Ticks, stream.Arrivals[i].Values, new Receipt(null, i)))
            {
                case DropReason.None: accepted.Add(i); break;
                case DropReason.Late: late++; break;
                case DropReason.Duplicate: duplicates++; break;
                default: Assert.Fail("A sample was dropped for a reason that is none of the buffer's."); break;
            }

            Take();
            Assert.Equal(accepted.Count, released.Count + buffer.Count);
        }

        buffer.EndOfInput();
        Take();
        Assert.Equal(stream.Arrivals.Count, accepted.Count + late + duplicates);
        Assert.Equal(accepted, released.Select(sample => sample.Ticket).Order());
        Assert.All(released, sample => Assert.Equal(stream.Arrivals[(int)sample.Ticket].Ticks, sample.Ticks));
        Assert.Equal(released.Select(sample => sample.Ticks).Order(), released.Select(sample => sample.Ticks));

        void Take()
        {
            while (buffer.TryTake(out long ticks, out _, out Receipt receipt))
                released.Add((ticks, receipt.Ticket));
        }
    });

    [Fact]
    public void Window_AnyStream_HoldsNoValueThatWasNotMeasuredInItsRow() => Properties.Hold(DirtyStream.Any, stream =>
    {
        // Each value is its own time: what stands in a row must be of that row's period, and nothing may stand for what was missing.
        var window = new WindowBuffer(Shape(mean: false), 1);
        var times = new HashSet<double>();
        foreach (DirtyStream.Sample sample in stream.Clean)
        {
            window.Add(sample.Ticks, [sample.Ticks]);
            times.Add(sample.Ticks);
            double[] rows = window.Window.ToArray();
            for (int age = 0; age < rows.Length; age++)
            {
                double value = rows[rows.Length - 1 - age];
                if (double.IsNaN(value))
                    continue;
                Assert.Contains(value, times);
                // A row is a period wide, and the grid moves by a 32nd of one at each sample at most.
                double expected = sample.Ticks - age * DirtyStream.Period;
                Assert.InRange(value, expected - DirtyStream.Period * (1 + age / 32.0), expected + DirtyStream.Period * (1 + age / 32.0));
            }
        }
    });

    private static WindowShape Shape(bool mean) =>
        new(6, DirtyStream.Period, 4 * DirtyStream.Period, 0.5, mean ? Resampling.Mean : Resampling.Last);

    private static List<string> Windows(IEnumerable<DirtyStream.Sample> samples, long lateness, bool mean, out int late)
    {
        var buffer = new ReorderBuffer(TimeSpan.FromTicks(lateness));
        var window = new WindowBuffer(Shape(mean), DirtyStream.Features);
        var windows = new List<string>();
        late = 0;
        foreach (DirtyStream.Sample sample in samples)
        {
            late += buffer.Add(sample.Ticks, sample.Values, Receipt.None) == DropReason.Late ? 1 : 0;
            Take();
        }

        buffer.EndOfInput();
        Take();
        return windows;

        void Take()
        {
            while (buffer.TryTake(out long ticks, out ReadOnlySpan<double> row, out _))
            {
                WindowStep step = window.Add(ticks, row);
                windows.Add($"{ticks} {step}: {string.Join(' ', window.Window.ToArray())}");
            }
        }
    }
}
