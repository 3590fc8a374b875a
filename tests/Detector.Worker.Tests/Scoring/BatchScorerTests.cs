using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Tests.Support;
using Detector.Worker.Scoring;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Scoring;

public sealed class BatchScorerTests
{
    private readonly AnomalyModel _model = TestPipeline.Learned.Model;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Score_WindowAloneOrAmongOthers_SameScore(bool gaps)
    {
        double[] Window(int i) => [.. BatchScorerTests.Window(i).Select((value, j) => gaps && i % 37 < 2 && (i + j) % 5 == 0 ? double.NaN : value)];
        using var scorer = new BatchScorer();
        var many = new WindowBatch(200);
        for (int i = 0; i < 150; i++)
            many.Add(_model, _model.CreateMemory(), Window(i), i, restarted: false);
        scorer.Score(many);
        for (int i = 0; i < 150; i += 37)
        {
            var one = new WindowBatch(1);
            one.Add(_model, _model.CreateMemory(), Window(i), i, restarted: false);
            scorer.Score(one);
            Assert.Equal(one.Score(0), many.Score(i));
            Assert.Equal(one.Contributions(0).ToArray(), many.Contributions(i).ToArray());
        }
    }

    [Fact]
    public void Score_NetworksOfADevice_TilesThatOverlapScoreAsWindowsOneByOne()
    {
        using AnomalyModel model = TestPipeline.Learn(["denoising", "linear"], ComputeDevice.CpuByTorch).Model;
        Assert.True(model.WorksAhead);
        using var scorer = new BatchScorer();
        var many = new WindowBatch(300);
        SeriesMemory memory = model.CreateMemory(), again = model.CreateMemory();
        for (int i = 0; i < 3 * model.TileRows + 5; i++)
            many.Add(model, memory, Window(i), i, restarted: false);
        scorer.Score(many);

        for (int i = 0; i < many.Count; i++)
        {
            var one = new WindowBatch(1);
            one.Add(model, again, Window(i), i, restarted: false);
            scorer.Score(one);
            Assert.Equal(one.Score(0), many.Score(i));
            Assert.Equal(one.Contributions(0).ToArray(), many.Contributions(i).ToArray());
            Assert.Equal(one.Expected(0).ToArray(), many.Expected(i).ToArray());
        }
    }

    [Fact]
    public void Score_SteadyState_AllocatesNothing()
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(200);
        SeriesMemory memory = _model.CreateMemory();
        double[][] windows = [.. Enumerable.Range(0, 150).Select(Window)];
        void Score()
        {
            batch.Clear();
            for (int i = 0; i < windows.Length; i++)
                batch.Add(_model, memory, windows[i], i, restarted: false);
            scorer.Score(batch);
        }

        Score();
        Assert.Equal(0, Allocations.Least(Score));
    }

    [Fact]
    public void Add_Full_Throws()
    {
        var batch = new WindowBatch(1);
        batch.Add(_model, _model.CreateMemory(), Window(0), 0, restarted: false);
        Assert.True(batch.IsFull);
        Assert.Throws<InvalidOperationException>(() => batch.Add(_model, _model.CreateMemory(), Window(0), 0, restarted: false));
        batch.Clear();
        Assert.False(batch.IsFull);
    }

    [Fact]
    public void IsFull_WideWindows_BoundsTheMemory()
    {
        var batch = new WindowBatch(1024);
        double[] wide = new double[WindowBatch.MaxValues / 4 / 3 * 3 + 3];
        for (int i = 0; i < 4; i++)
        {
            Assert.False(batch.IsFull);
            batch.Add(_model, _model.CreateMemory(), wide, i, restarted: false);
        }

        Assert.True(batch.IsFull);
    }

    [Fact]
    public void Score_ValuesMissing_AreNotScoredAsZero()
    {
        double threshold = TestPipeline.Learned.Threshold.Value;
        using var scorer = new BatchScorer();
        int alarms = 0, alarmsOfZeros = 0, alarmsOfWhole = 0;
        for (int first = 0; first < 150; first++)
        {
            var random = new Random(first);
            bool[] dropped = [.. Enumerable.Range(0, 8).Select(row => row is > 0 and < 7 && random.Next(4) == 0)];
            double[] missing = [.. Window(first).Select((value, i) => dropped[i / 3] ? double.NaN : value)];
            var batch = new WindowBatch(3);
            batch.Add(_model, _model.CreateMemory(), missing, 0, restarted: false);
            batch.Add(_model, _model.CreateMemory(), [.. missing.Select(value => double.IsNaN(value) ? 0 : value)], 0, restarted: false);
            batch.Add(_model, _model.CreateMemory(), Window(first), 0, restarted: false);
            scorer.Score(batch);
            alarmsOfWhole += batch.Score(2) > threshold ? 1 : 0;
            alarms += batch.Score(0) > threshold ? 1 : 0;
            alarmsOfZeros += batch.Score(1) > threshold ? 1 : 0;
        }

        Assert.True(3 * alarms <= alarmsOfZeros, $"{alarms} windows with rows missing are above the threshold, {alarmsOfZeros} with zeros in their place, {alarmsOfWhole} of whole ones");
    }

    [Fact]
    public void Score_FeatureMissingInTheWholeWindow_ContributesNothing()
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(1);
        batch.Add(_model, _model.CreateMemory(), [.. Window(5).Select((value, i) => i % 3 == 1 ? double.NaN : value)], 0, restarted: false);
        scorer.Score(batch);
        Assert.Equal(0, batch.Contributions(0)[1]);
        Assert.True(batch.Contributions(0)[0] > 0 && double.IsFinite(batch.Score(0)));
    }

    private static double[] Window(int first) => [.. Enumerable.Range(first, 8).SelectMany(row => Rows.Values(row))];
}
