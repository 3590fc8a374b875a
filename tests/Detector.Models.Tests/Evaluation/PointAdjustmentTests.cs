using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class PointAdjustmentTests
{
    [Fact]
    public void Adjusted_OneRowOfAnEventHit_CountsAllOfIt()
    {
        bool[] labels = [false, true, true, true, false, true, true];
        bool[] verdicts = [true, false, false, true, false, false, false];
        Assert.Equal(new Confusion(3, 1, 2, 1), PointAdjustment.Adjusted(verdicts, labels));
    }

    [Fact]
    public void AtRandom_LongEvents_GivesChanceAHighFigure()
    {
        // 10 % anomalous in two events of 100 rows each; 5 % of the rows called at random find 10 % of them, and nearly all after adjustment.
        bool[] labels = new bool[2000];
        labels.AsSpan(300, 100).Fill(true);
        labels.AsSpan(1200, 100).Fill(true);
        IReadOnlyList<Confusion> chance = PointAdjustment.AtRandom(100, labels);
        Assert.Equal(20, chance.Count);
        Assert.InRange(chance.Average(rows => rows.F1), 0.75, 0.85);
        Assert.All(chance, rows => Assert.Equal(2000, rows.TruePositives + rows.FalsePositives + rows.FalseNegatives + rows.TrueNegatives));
        Assert.Equal(chance, PointAdjustment.AtRandom(100, labels));
    }

    [Fact]
    public void AtRandom_NothingOrEverythingCalled_IsExact()
    {
        bool[] labels = [true, false, false];
        Assert.All(PointAdjustment.AtRandom(0, labels), rows => Assert.Equal(new Confusion(0, 0, 1, 2), rows));
        Assert.All(PointAdjustment.AtRandom(3, labels), rows => Assert.Equal(new Confusion(1, 2, 0, 0), rows));
    }
}
