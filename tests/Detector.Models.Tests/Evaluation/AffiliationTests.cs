using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class AffiliationTests
{
    [Fact]
    public void Of_DetectionEqualToTheEvent_IsOne()
    {
        bool[] marks = [false, false, true, true, false, false, false];
        Affiliation affiliation = Affiliation.Of(marks, marks);
        Assert.Equal((1, 1, 1), (affiliation.Precision, affiliation.Recall, affiliation.F1));
    }

    [Fact]
    public void Of_DetectionBesideTheEvent_HasTheFiguresDoneByHand()
    {
        // Zone 0…10, event 4…5, detection 6…7: at distance d of the event 1 + 2d of 10 rows are nearer, d from 1 to 2.
        Affiliation affiliation = Affiliation.Of(Marks(10, 6), Marks(10, 4));
        Assert.Equal(1 - (1 + 2 * 1.5) / 10, affiliation.Precision, 1e-12);
        // From each time of the event the detection begins 1 to 2 rows further on; 2d of 10 rows are nearer.
        Assert.Equal(1 - 2 * 1.5 / 10, affiliation.Recall, 1e-12);
    }

    [Fact]
    public void Of_RandomSeries_EqualsTheDefinitionInSmallSteps()
    {
        for (int seed = 1; seed < 15; seed++)
        {
            (double[] scores, bool[] labels) = RandomSeries.Create(seed, 25);
            labels[12] = true;
            bool[] verdicts = RandomSeries.Verdicts(scores, 0.85);
            Affiliation affiliation = Affiliation.Of(verdicts, labels);
            (double precision, double recall) = SlowAffiliation.Of(verdicts, labels);
            Assert.Equal(precision, affiliation.Precision, 0.02);
            Assert.Equal(recall, affiliation.Recall, 0.02);
        }
    }

    [Fact]
    public void Of_NothingDetected_IsZero()
    {
        Affiliation affiliation = Affiliation.Of(new bool[5], [false, true, false, false, false]);
        Assert.True(double.IsNaN(affiliation.Precision));
        Assert.Equal((0, 0), (affiliation.Recall, affiliation.F1));
    }

    [Fact]
    public void Of_NoEvents_IsUndefined() => Assert.True(double.IsNaN(Affiliation.Of([true, false], [false, false]).F1));

    [Fact]
    public void Of_EverythingDetectedOrAnomalous_IsDefined()
    {
        Affiliation all = Affiliation.Of([true, true, true], [true, true, true]);
        Assert.Equal((1, 1), (all.Precision, all.Recall));
        Affiliation broad = Affiliation.Of([true, true, true, true], Marks(4, 1));
        Assert.Equal(1, broad.Recall, 1e-12);
        Assert.InRange(broad.Precision, 0.4, 0.7); // a detector that always alarms does as well as chance
    }

    private static bool[] Marks(int rows, int at) => [.. Enumerable.Range(0, rows).Select(row => row == at)];
}
