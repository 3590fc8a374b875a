using System.Text;
using Detector.Models.Compute;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Logs;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Tests.Cli.Logs;

/// <summary>The log of a simulated service through the rooms of the service: an error that never came before is found and shown.</summary>
public sealed class LogBacktestTests : IDisposable
{
    private const int Seconds = 3600;
    private static readonly DateTimeOffset s_start = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("detector-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Run_NewError_AlertsWithItsTemplateAndLines()
    {
        var service = new ServiceSimulator("web", seed: 3);
        DateTimeOffset fault = s_start.AddSeconds(Seconds - 300);
        string[] lines = [.. Enumerable.Range(0, Seconds).SelectMany(second => service.Second(
            s_start.AddSeconds(second), s_start.AddSeconds(second) is var at && at >= fault && at < fault.AddSeconds(60) ? LogFaultKind.NewError : null))];
        int train = Array.FindIndex(lines, line => line.StartsWith("2025-06-01T00:40:00", StringComparison.Ordinal));
        string path = Path.Combine(_directory, "web.log");
        File.WriteAllLines(path, lines);

        Alert alert = Run(path, lines, train).Find(alert => alert is { Kind: AlertKind.Anomaly, State: AlertState.Firing } && alert.UpdatedAt >= fault && alert.StartedAt < fault.AddSeconds(70))!;

        Assert.NotNull(alert);
        AlertFeature shown = alert.Features.First(feature => feature.Template?.StartsWith("write to *", StringComparison.Ordinal) == true);
        Assert.NotEmpty(shown.Examples!);
        Assert.All(shown.Examples!, line => Assert.Contains("no space left on device", line, StringComparison.Ordinal));
    }

    private static List<Alert> Run(string path, string[] lines, int train)
    {
        var options = new PipelineOptions { Training = new TrainingOptions { Warmup = TrainingOptions.Endless } };
        LogDecoder decoder = LogInput.Decoder(new LogChoice(null, null, TimeSpan.FromSeconds(4)), path, train, "web", TimeProvider.System, options);
        var learner = new ModelLearner("logs", ModelSettingsFactory.Create(options), 1, store: null, ComputeDevice.Select("cpu"), TimeProvider.System);
        var pipeline = new PipelineRuntime("logs", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("logs"));
        pipeline.Notes.Add(decoder.Notes);
        using var run = new BacktestRun(pipeline, decoder, "web") { TrainAfterMessages = train };
        for (int i = 0; i < lines.Length; i++)
            run.TryAccept(new RawMessage(Encoding.UTF8.GetBytes(lines[i]), default, "web", 0, i, Receipt.None));
        run.Finish();
        return [.. run.Alerts];
    }
}
