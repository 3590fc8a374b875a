using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Tests.Pipeline;

public sealed class VerdictStageTests : IVerdictReceiver
{
    private readonly VerdictPublisher _publisher = new(TimeProvider.System, CancellationToken.None);
    private int _anomalous;

    [Fact]
    public void Judge_NothingAnomalous_AllocatesNothing()
    {
        PipelineBatch batch = Batch();
        using var scorer = new BatchScorer();
        scorer.Score(batch.Windows);
        var stage = new VerdictStage(this);
        for (int i = 0; i < 50; i++)
            stage.Judge(batch);
        Assert.Equal(0, _anomalous);

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 50; i++)
                stage.Judge(batch);
        }));
    }

    [Fact]
    public void Judge_ModelOfHighThreshold_ReleasesEveryClaim()
    {
        var ledger = new ClaimLedger();
        PipelineBatch batch = Batch(ledger.Begin);
        new VerdictStage(this).Judge(batch);
        Assert.Equal(16, ledger.Begun);
        Assert.Empty(ledger.Unfinished);
    }

    void IVerdictReceiver.OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        if (verdict.Anomalous)
            _anomalous++;
        _publisher.OnVerdict(series, ticks, verdict, receipt, arrival);
    }

    void IVerdictReceiver.OnAlert(SeriesState series, Alert alert, Receipt receipt) => _publisher.OnAlert(series, alert, receipt);

    /// <summary>Sixteen windows of a series whose threshold nothing exceeds.</summary>
    private static PipelineBatch Batch(Func<Receipt>? receipt = null)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Threshold.Method = "static";
        options.Threshold.Value = 1000;
        PipelineRuntime pipeline = TestPipeline.Create(options);
        LiveModel model = pipeline.Live(TestPipeline.Learned);
        model = model with { Threshold = model.Threshold with { Method = "static", Options = new() { StaticValue = 1000 }, Value = 1000 } };
        SeriesState series = pipeline.TryCreateSeries("s", _ => { })!;
        series.Slot.Activate(model);
        var output = new StubOutput();
        series.Follow(output);
        for (int row = 0; row < 23; row++)
            series.Offer(TestPipeline.Sample(row), Receipt.None, 0, output, out _);

        var batch = new PipelineBatch(16);
        foreach ((long ticks, double[] window) in output.Scored)
            batch.Add(series, model, window, ticks, receipt?.Invoke() ?? Receipt.None, 0);
        return batch;
    }
}
