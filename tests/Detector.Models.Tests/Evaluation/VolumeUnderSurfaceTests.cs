using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class VolumeUnderSurfaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(24)]
    public void Of_RandomSeries_EqualsTheDefinition(int bufferWidth)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            (double[] scores, bool[] labels) = RandomSeries.Create(seed, 60 + 17 * seed);
            labels[30] = true; // at least one event
            VolumeUnderSurface fast = VolumeUnderSurface.Of(new LabelledScores(scores, labels), bufferWidth);
            (double roc, double pr) = SlowVolume.Of(scores, labels, bufferWidth);
            Assert.Equal(roc, fast.Roc, 1e-12);
            Assert.Equal(pr, fast.Pr, 1e-12);
        }
    }

    [Fact]
    public void Of_PerfectScoreAndNoBuffer_IsOne()
    {
        VolumeUnderSurface volume = VolumeUnderSurface.Of(new LabelledScores([0, 1, 1, 0, 0, 0], [false, true, true, false, false, false]), 0);
        Assert.Equal(1, volume.Roc, 1e-12);
        Assert.Equal(1, volume.Pr, 1e-12);
    }

    [Fact]
    public void Of_DetectionBesideTheEvent_CountsWithTheBufferOnly()
    {
        // The one alarm lies a row before the event: worth nothing at widths 0 and 1, √½ at width 2, where recall is √½ / (1 + √½/2).
        double[] scores = [0, 0, 0, 1, 0, 0, 0, 0];
        bool[] labels = [false, false, false, false, true, false, false, false];
        double ramp = Math.Sqrt(0.5);
        double recall = ramp / (1 + ramp / 2);
        // Then all rows at once: the rest of the recall at a precision of 1 + 2 ramps in 8 rows; without a buffer 1 in 8.
        double wide = recall * ramp + (1 - recall) * (1 + 2 * ramp) / 8;
        Assert.Equal((0.125 + 0.125 + wide) / 3, VolumeUnderSurface.Of(new LabelledScores(scores, labels), 2).Pr, 1e-12);
    }

    [Fact]
    public void Of_MonotoneTransformOfScores_ChangesNothing()
    {
        (double[] scores, bool[] labels) = RandomSeries.Create(4, 300);
        VolumeUnderSurface plain = VolumeUnderSurface.Of(new LabelledScores(scores, labels), 20);
        VolumeUnderSurface other = VolumeUnderSurface.Of(new LabelledScores([.. scores.Select(score => Math.Exp(3 * score) - 7)], labels), 20);
        Assert.Equal(plain, other);
    }

    [Fact]
    public void Of_AllRowsAlike_IsTheShareOfAnomalousRows()
    {
        bool[] labels = [false, true, true, false, false, false, false, false];
        Assert.Equal(0.25, VolumeUnderSurface.Of(new LabelledScores(new double[8], labels), 0).Pr, 1e-12);
    }

    [Fact]
    public void Of_NothingOrEverythingAnomalous_IsUndefinedWhereItIs()
    {
        VolumeUnderSurface nothing = VolumeUnderSurface.Of(new LabelledScores([1, 2], [false, false]), 4);
        Assert.True(double.IsNaN(nothing.Roc) && double.IsNaN(nothing.Pr));
        VolumeUnderSurface all = VolumeUnderSurface.Of(new LabelledScores([1, 2, 3], [true, true, true]), 4);
        Assert.True(double.IsNaN(all.Roc));
        Assert.Equal(1, all.Pr, 1e-12);
    }
}
