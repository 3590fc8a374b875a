using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class PooledEvaluationTests
{
    [Fact]
    public void Pool_TwoSeries_CountsRowsTogetherAndAveragesRankings()
    {
        SeriesEvaluation good = Evaluate([0, 0, 1, 0], [false, false, true, false]);
        SeriesEvaluation bad = Evaluate([1, 0, 0, 0, 0, 0], [false, false, false, false, true, true]);
        var pooled = new PooledEvaluation([good, bad]);

        Assert.Equal((good.Ranking.AucRoc + bad.Ranking.AucRoc) / 2, pooled.Mean(one => one.Ranking.AucRoc), 1e-12);
        Assert.Equal(new Confusion(1, 1, 2, 6), pooled.ByVerdict!.Rows);
        Assert.Equal((1, 1, 1), (pooled.ByVerdict.Events.Found, pooled.ByVerdict.Events.Missed, pooled.ByVerdict.Events.FalseAlarms));
        Assert.Equal((10, 3, 0), (pooled.Rows, pooled.Anomalous, pooled.Unscored));
    }

    [Fact]
    public void Pool_SeriesWithoutAnomaly_LeavesTheMeanToTheOthers()
    {
        SeriesEvaluation quiet = Evaluate([0, 1, 0], [false, false, false]);
        SeriesEvaluation found = Evaluate([0, 1, 0], [false, true, false]);
        var pooled = new PooledEvaluation([quiet, found]);
        Assert.Equal(1, pooled.Mean(one => one.Ranking.AucPr), 1e-12);
        Assert.Equal(new Confusion(1, 1, 0, 4), pooled.ByVerdict!.Rows);
        Assert.True(double.IsNaN(new PooledEvaluation([quiet]).Mean(one => one.Volume.Pr)));
    }

    [Fact]
    public void Pool_ScoresWithoutVerdicts_HasRankingsOnly()
    {
        var rows = new LabelledScores([0, double.NegativeInfinity, 2], [false, false, true]);
        SeriesEvaluation alone = SeriesEvaluation.Of([1, 2, 3], rows, [], 0, TimeSpan.Zero);
        Assert.Null(new PooledEvaluation([alone]).ByVerdict);
        Assert.Equal(1, alone.Unscored);
    }

    private static SeriesEvaluation Evaluate(double[] scores, bool[] labels) => SeriesEvaluation.Of(
        [.. Enumerable.Range(0, scores.Length).Select(i => i * TimeSpan.TicksPerSecond)],
        new LabelledScores(scores, labels), RandomSeries.Verdicts(scores, 0.5), 2, TimeSpan.Zero);
}
