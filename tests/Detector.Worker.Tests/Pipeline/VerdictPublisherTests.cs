using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Tests.Pipeline;

public sealed class VerdictPublisherTests
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly VerdictPublisher _publisher = new(TimeProvider.System, CancellationToken.None);

    /// <summary>What lies between saved state and what was committed was counted before the restart.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task OnVerdict_MessageOfBefore_IsNotCountedAgain(bool replayed, int count)
    {
        var metrics = new DetectorMetrics(_registry);
        PipelineRuntime known = TestPipeline.Create();
        var pipeline = new PipelineRuntime("p", known.Options, "hash", known.Learner, PipelineSinks.None, metrics.Pipeline("p"));
        SeriesState series = pipeline.TryCreateSeries("s", _ => { })!;
        var receipt = new Receipt(null, 0, replayed ? new ReplayedOutputs(new Checkpoint(_ => { })) : null);

        _publisher.OnSuppressed(series, SuppressionReason.Maintenance, receipt);
        _publisher.OnVerdict(series, Rows.Start.UtcTicks, new Verdict(true, 3, 2, 0.01), receipt, 0);

        string text = await ExportAsync();
        Assert.Contains($"detector_alerts_suppressed_total{{pipeline=\"p\",reason=\"maintenance\"}} {count}\n", text, StringComparison.Ordinal);
        Assert.Contains($"detector_anomalous_windows_total{{pipeline=\"p\"}} {count}\n", text, StringComparison.Ordinal);
    }

    private async Task<string> ExportAsync()
    {
        using var stream = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
