using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Tests.Pipeline;

public sealed class FlowMetricsTests
{
    [Fact]
    public async Task Watch_SharedModelAndManySeries_ShowsTheirStates_AlsoAfterTheFlowIsGone()
    {
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        var all = new DetectorMetrics(registry);
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = "pipeline";
        PipelineRuntime pipeline = new("p", options, "", TestPipeline.Create().Learner, PipelineSinks.None, all.Pipeline("p"));
        for (int i = 0; i < 3; i++)
            TestPipeline.Warm(pipeline, new StubOutput(), 51, $"s{i}");
        var source = new StubSource([]);
        var metrics = new FlowMetrics(all, [pipeline], ["stub"], new FakeClock());
        var flow = new DataFlow(new FlowParts([], new TestVerdicts(), new StubTraining(), metrics, 4), (_, _) => { });
        metrics.Watch(flow, [source]);
        flow.Dispose();

        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        string text = Encoding.UTF8.GetString(stream.ToArray());

        Assert.Contains("detector_series{pipeline=\"p\",state=\"warming\"} 3", text, StringComparison.Ordinal);
        Assert.Contains("detector_warmup_seconds_remaining{pipeline=\"p\"} 150", text, StringComparison.Ordinal);
        Assert.Contains("detector_queue_capacity{stage=\"scoring\"} 8", text, StringComparison.Ordinal);
    }

    private sealed class TestVerdicts : IVerdictReceiver
    {
        public void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
        {
        }

        public void OnAlert(SeriesState series, Alert alert, Receipt receipt)
        {
        }
    }
}
