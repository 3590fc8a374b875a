using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class SpanAveragesTests
{
    [Fact]
    public void Add_FirstRow_IsItsOwnMean()
    {
        double[] slots = new double[SpanAverages.Slots(2)];
        float[] shares = [3, 5, 0, 0];

        SpanAverages.Add(SpanAverages.ShortRows, slots, restarted: false, shares);

        Assert.Equal([3f, 5f, 3f, 5f], shares);
    }

    [Fact]
    public void Add_Step_IsReachedByTheTimeConstant()
    {
        double[] slots = new double[SpanAverages.Slots(1)];
        float[] shares = new float[2];
        for (int row = 0; row < 200; row++)
            SpanAverages.Add(SpanAverages.ShortRows, slots, false, shares = [0, 0]);
        for (int row = 0; row < 4; row++)
            SpanAverages.Add(SpanAverages.ShortRows, slots, false, shares = [1, 0]);

        Assert.Equal(1, shares[0]);
        Assert.Equal(1 - Math.Exp(-1), shares[1], 1e-4);
    }

    [Fact]
    public void Add_Restarted_ForgetsWhatWas()
    {
        double[] slots = new double[SpanAverages.Slots(1)];
        for (int row = 0; row < 50; row++)
            SpanAverages.Add(SpanAverages.ShortRows, slots, false, [100, 0]);
        float[] shares = [2, 0];

        SpanAverages.Add(SpanAverages.ShortRows, slots, restarted: true, shares);

        Assert.Equal([2f, 2f], shares);
    }
}
