using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class DetrendingTests
{
    /// <summary>Two features, of which the second wanders, followed by half of each step.</summary>
    private static readonly Detrending s_detrending = new(new LevelFit([0, 0], [0, 0.5f], [1, 1], [1, 1, 1, 1]), [1]);

    [Fact]
    public void TakeOut_FirstWindow_TakesTheMeanOfTheRowsBeforeTheNewest()
    {
        float[] window = [1, 4, 2, 6, 3, 9], levels = [0, 0];
        s_detrending.TakeOut(window, [], 1, new double[s_detrending.Slots], levels);
        Assert.Equal([0, 5], levels);
        Assert.Equal([1, -1, 2, 1, 3, 4], window);
    }

    [Fact]
    public void TakeOut_NextWindow_FollowsByTheGain()
    {
        double[] slots = new double[s_detrending.Slots];
        float[] levels = [0, 0];
        s_detrending.TakeOut([0, 4, 0, 4, 0, 6], [], 1, slots, levels);
        float[] next = [0, 4, 0, 6, 0, 7];
        s_detrending.TakeOut(next, [], 1, slots, levels);
        Assert.Equal(5, levels[1]);
        Assert.Equal([0, -1, 0, 1, 0, 2], next);
    }

    [Fact]
    public void TakeOut_ValueIsMissing_DoesNotMoveTheBaseline()
    {
        double[] slots = new double[s_detrending.Slots];
        float[] levels = [0, 0];
        s_detrending.TakeOut([0, 4, 0, 4, 0, 100], [1, 1, 1, 1, 1, 0], 1, slots, levels);
        s_detrending.TakeOut([0, 4, 0, 4, 0, 4], [], 1, slots, levels);
        Assert.Equal(4, levels[1]);
    }

    [Fact]
    public void TakeOut_FarAway_StopsFollowing()
    {
        double[] slots = new double[s_detrending.Slots];
        float[] levels = [0, 0];
        s_detrending.TakeOut([0, 4, 0, 4, 0, 4], [], 1, slots, levels);
        for (int i = 0; i < 100; i++)
            s_detrending.TakeOut([0, 54, 0, 54, 0, 54], [], 1, slots, levels);
        Assert.Equal(4, levels[1]);
    }

    [Fact]
    public void TakeOut_AfterAGap_BeginsAnew()
    {
        double[] slots = new double[s_detrending.Slots];
        float[] levels = [0, 0];
        s_detrending.TakeOut([0, 4, 0, 4, 0, 4], [], 1, slots, levels);
        s_detrending.TakeOut([0, 54, 0, 54, 0, 54], [], 3, slots, levels);
        Assert.Equal(54, levels[1]);
    }
}
