using Detector.Models.Scoring;
using Detector.Worker.Scoring;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Scoring;

public sealed class BatchScorerTests
{
    private readonly AnomalyModel _model = TestPipeline.Learned.Model;

    [Fact]
    public void Score_WindowAloneOrAmongOthers_SameScore()
    {
        using var scorer = new BatchScorer();
        var many = new WindowBatch(200);
        for (int i = 0; i < 150; i++)
            many.Add(_model, Window(i), i);
        scorer.Score(many);
        for (int i = 0; i < 150; i += 37)
        {
            var one = new WindowBatch(1);
            one.Add(_model, Window(i), i);
            scorer.Score(one);
            Assert.Equal(one.Score(0), many.Score(i));
            Assert.Equal(one.Contributions(0).ToArray(), many.Contributions(i).ToArray());
        }
    }

    [Fact]
    public void Add_Full_Throws()
    {
        var batch = new WindowBatch(1);
        batch.Add(_model, Window(0), 0);
        Assert.True(batch.IsFull);
        Assert.Throws<InvalidOperationException>(() => batch.Add(_model, Window(0), 0));
        batch.Clear();
        Assert.False(batch.IsFull);
    }

    [Fact]
    public void IsFull_WideWindows_BoundsTheMemory()
    {
        var batch = new WindowBatch(1024);
        double[] wide = new double[WindowBatch.MaxValues / 4];
        for (int i = 0; i < 4; i++)
        {
            Assert.False(batch.IsFull);
            batch.Add(_model, wide, i);
        }

        Assert.True(batch.IsFull);
    }

    [Fact]
    public void Score_ValuesMissing_AreNotScoredAsZero()
    {
        // Far from zero, where a zero would be the worst of anomalies.
        double threshold = TestPipeline.Learned.Threshold.Value;
        using var scorer = new BatchScorer();
        int alarms = 0, alarmsOfZeros = 0;
        for (int first = 0; first < 150; first++)
        {
            double[] window = Window(first);
            var random = new Random(first);
            double[] missing = [.. window.Select(value => random.Next(5) == 0 ? double.NaN : value)];
            var batch = new WindowBatch(2);
            batch.Add(_model, missing, 0);
            batch.Add(_model, [.. missing.Select(value => double.IsNaN(value) ? -100 : value)], 0);
            scorer.Score(batch);
            alarms += batch.Score(0) > threshold ? 1 : 0;
            alarmsOfZeros += batch.Score(1) > threshold ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 7);
        Assert.InRange(alarmsOfZeros, 140, 150);
    }

    [Fact]
    public void Score_FeatureMissingInTheWholeWindow_ContributesNothing()
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(1);
        batch.Add(_model, [.. Window(5).Select((value, i) => i % 3 == 1 ? double.NaN : value)], 0);
        scorer.Score(batch);
        Assert.Equal(0, batch.Contributions(0)[1]);
        Assert.True(batch.Score(0) <= 2 * TestPipeline.Learned.Threshold.Value);
    }

    private static double[] Window(int first) => [.. Enumerable.Range(first, 8).SelectMany(row => Rows.Values(row))];
}
