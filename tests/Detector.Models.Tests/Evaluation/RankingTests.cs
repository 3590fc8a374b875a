using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class RankingTests
{
    [Fact]
    public void Of_WorkedExample_HasTheFiguresDoneByHand()
    {
        // From the top: + at 4, − at 3, + and − tied at 2, − at 1.
        var ranking = Ranking.Of(new LabelledScores([2, 4, 1, 3, 2], [true, true, false, false, false]));
        // Pairs won: the + at 4 beats 3; the + at 2 beats one, ties one, loses one. (3 + 1.5) / 6.
        Assert.Equal(0.75, ranking.AucRoc, 1e-12);
        // Half of the recall at precision 1, half at 2 of 4.
        Assert.Equal(0.75, ranking.AucPr, 1e-12);
        Assert.Equal(2.0 / 3, ranking.BestF1, 1e-12);
        Assert.Equal(4, ranking.BestThreshold);
    }

    [Fact]
    public void Of_RandomSeries_EqualsPairsAndThresholdsCountedOneByOne()
    {
        for (int seed = 1; seed < 20; seed++)
        {
            (double[] scores, bool[] labels) = RandomSeries.Create(seed, 80, 0.2);
            labels[5] = true;
            labels[6] = false;
            Ranking ranking = Ranking.Of(new LabelledScores(scores, labels));
            double[] bad = [.. scores.Where((_, i) => labels[i])];
            double[] good = [.. scores.Where((_, i) => !labels[i])];
            double won = bad.Sum(high => good.Sum(low => high > low ? 1 : high == low ? 0.5 : 0));
            Assert.Equal(won / (bad.Length * good.Length), ranking.AucRoc, 1e-12);

            double precision = 0, best = 0, recallBefore = 0;
            foreach (double threshold in scores.Distinct().OrderDescending())
            {
                Confusion confusion = Confusion.Of(RandomSeries.Verdicts(scores, threshold), labels);
                precision += (confusion.Recall - recallBefore) * confusion.Precision;
                recallBefore = confusion.Recall;
                best = Math.Max(best, confusion.F1);
            }

            Assert.Equal(precision, ranking.AucPr, 1e-12);
            Assert.Equal(best, ranking.BestF1, 1e-12);
            Assert.Equal(best, Confusion.Of(RandomSeries.Verdicts(scores, ranking.BestThreshold), labels).F1, 1e-12);
        }
    }

    [Fact]
    public void Of_OneClassOnly_IsUndefinedWhereItIs()
    {
        Assert.True(double.IsNaN(Ranking.Of(new LabelledScores([1, 2], [false, false])).AucPr));
        Ranking all = Ranking.Of(new LabelledScores([1, 2], [true, true]));
        Assert.True(double.IsNaN(all.AucRoc));
        Assert.Equal((1, 1), (all.AucPr, all.BestF1));
    }

    [Fact]
    public void LabelledScores_NotANumber_IsRefusedByRow()
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelledScores([1, double.NaN], [true, false]));
        Assert.Contains("row 1 is NaN", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LabelledScores([1], [true, false]));
    }

    [Fact]
    public void LabelledScores_RowThatCouldNotBeScored_IsTheLeastAnomalous() =>
        Assert.Equal(0.5, Ranking.Of(new LabelledScores([double.NegativeInfinity, -5, 3], [true, false, true])).AucRoc, 1e-12);
}
