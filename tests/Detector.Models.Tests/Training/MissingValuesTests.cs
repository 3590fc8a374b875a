using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class MissingValuesTests
{
    [Fact]
    public void Fill_Holes_TakesTheLineBetweenOrTheNearestOrTheCentre()
    {
        const float N = float.NaN;
        float[] window = [N, 1, N, 2, N, N, N, 4, N, 3, N, N], observed = new float[12]; // 4 × 3: the columns N 2 N 3, 1 N 4 N and nothing

        int missing = MissingValues.Fill(window, observed, new(4, 3));

        Assert.Equal(8, missing);
        Assert.Equal([2f, 1, 0, 2, 2.5f, 0, 2.5f, 4, 0, 3, 4, 0], window);
        Assert.Equal([0f, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0], observed);
    }

    [Fact]
    public void Any_OneHoleAmongMany_IsSeen()
    {
        float[] values = [.. Enumerable.Repeat(20f, 5000)];
        Assert.False(MissingValues.Any(values));

        values[4321] = float.NaN;
        Assert.True(MissingValues.Any(values));
        Assert.False(MissingValues.Any([]));
    }

    [Fact]
    public void Add_HoleInALaterWindow_MasksOnlyThatOne()
    {
        using var set = new WindowSet(new(2, 2), 3);
        set.Add([1, 2, 3, 4], 10, 0);
        Assert.True(set.Observed(0).IsEmpty);
        set.Add([1, float.NaN, 3, 4], 20, 0);
        set.Add([5, 6, 7, 8], 30, 1);

        Assert.Equal([1f, 1, 1, 1], set.Observed(0));
        Assert.Equal([1f, 0, 1, 1], set.Observed(1));
        Assert.Equal([1f, 1, 1, 1], set.Observed(2));
        Assert.Equal([1f, 4, 3, 4], set.Window(1));
        Assert.Equal([10L, 20, 30], set.Ticks);
        Assert.Equal([0, 0, 1], set.Segments);
        Assert.Equal(1, set.Missing);
    }
}
