using System.Diagnostics;
using System.Text.Json;
using Detector.Models.Scaling;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Ingestion;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.Pipeline.History;
using Detector.Worker.Publishing;
using Detector.Worker.Scoring;
using Detector.Worker.Web;
using Detector.Worker.Web.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>What the page costs scoring, and how long an alert takes from the verdict to a consumer of its topic.</summary>
internal static class AlertBenchmark
{
    private const int Series = 1000, Features = 8, Rounds = 50, Rate = 50_000, Alerts = 1000;

    public static void Run(Report report)
    {
        report.Table(
            $"The page at {Rate:N0} messages/s: what it costs beside scoring, 8 features, one page open",
            "what", "µs", "share of a core", "share of what scoring takes");
        double score = Scoring();
        report.Row("scoring, a sample", score / 1000, Share(score * Rate / 1e9), "");
        double add = History();
        report.Row("history, a sample", add / 1000, Share(add * Rate / 1e9), Share(add / score));
        double overview = Overview();
        report.Row($"events, a second of {Series:N0} series that all changed", overview / 1000, Share(overview / 1e9), Share(overview / (score * Rate)));

        report.Table("From the verdict to a consumer of the topic, embedded broker, one alert every 5 ms", "alerts", "median ms", "99th percentile ms", "slowest ms");
        double[] latencies = Latencies();
        report.Row(Alerts, latencies[Alerts / 2], latencies[Alerts * 99 / 100], latencies[^1]);
    }

    private static string Share(double share) => FormattableString.Invariant($"{100 * share:F2} %");

    /// <summary>The default ensemble, 256 windows of 32 × 8 at a time.</summary>
    private static double Scoring()
    {
        const int Batch = 256;
        var data = new BenchmarkModel(windows: 2000, rows: 32);
        TrainedModel trained = data.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 100 } });
        using AnomalyModel model = trained.Model;
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(Batch);
        for (int i = 0; i < Batch; i++)
            batch.Add(model, model.CreateMemory(), data.Window(i), i, restarted: false);
        return Measure.PerOperation(32 * Batch, () =>
        {
            for (int i = 0; i < 32; i++)
                scorer.Score(batch);
        }).Nanoseconds;
    }

    private static double History()
    {
        var scaler = new FeatureScaler("standard", new double[Features], [.. Enumerable.Repeat(1.0, Features)], []);
        var budget = new HistoryBudget(TimeSpan.FromHours(1));
        SeriesHistory[] histories = [.. Enumerable.Range(0, Series).Select(_ => budget.Create(Features, Series)).OfType<SeriesHistory>()];
        float[] shares = new float[Features], expected = new float[Features];
        double[] values = new double[Features];
        long ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return Measure.PerOperation(Series * Rounds, () =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                ticks += TimeSpan.TicksPerSecond;
                foreach (SeriesHistory history in histories)
                {
                    history.Add(
                        new Evidence { Ticks = ticks, Score = round % 7, Contributions = shares, Expected = expected, Values = values, Scaler = scaler },
                        new Verdict(false, round % 7, 5, 0.1));
                }
            }
        }).Nanoseconds;
    }

    /// <summary>The rows of a second, as the event stream writes them.</summary>
    private static double Overview()
    {
        SeriesRow[] rows = [.. Enumerable.Range(0, Series).Select(i => new SeriesRow("pumps", $"pump-{i}", "active", 1.2345 + i, 3.21, 1_790_000_000_000 + i))];
        return Measure.PerOperation(1, () => JsonSerializer.Serialize(Stream.Null, new OverviewUpdate(0, [], rows), WebJson.Default.OverviewUpdate)).Nanoseconds;
    }

    private static double[] Latencies()
    {
        const string Topic = "alerts";
        using EmbeddedBroker broker = EmbeddedBroker.Start();
        broker.CreateTopic(Topic, 1);
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = broker.BootstrapServers };
        using var sink = SinkFactory.Create("alerts", new SinkOptions { Type = "kafka", Topic = Topic, Client = client }, NullLoggerFactory.Instance);
        using var source = SourceFactory.Create("alerts", new SourceOptions { Type = "kafka", Topics = [Topic], Client = new Dictionary<string, string>(client) { ["group.id"] = "bench", ["auto.offset.reset"] = "earliest", ["fetch.wait.max.ms"] = "10" } }, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        var arrivals = new Arrivals();
        var reader = new Thread(() => source.Run(arrivals, stop.Token));
        reader.Start();
        while (!source.IsReady)
            Thread.Sleep(20);
        var book = new AlertBook(TimeProvider.System);
        for (int i = 0; i < Alerts; i++)
        {
            Alert alert = Example(i);
            arrivals.Told[i] = Stopwatch.GetTimestamp();
            sink.Publish(AlertWriter.Write(alert, Receipt.None), CancellationToken.None);
            book.Take(alert);
            Thread.Sleep(5);
        }

        SpinWait.SpinUntil(() => arrivals.Count == Alerts, TimeSpan.FromSeconds(30));
        stop.Cancel();
        reader.Join();
        return [.. arrivals.Milliseconds.Take(arrivals.Count).Order()];
    }

    private static Alert Example(int number) => new(
        $"{number}", AlertState.Firing, 1, "pumps", $"pump-{number}", Severity.Warning, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, 5, 3, 1e-5,
        new AlertPeak(DateTimeOffset.UnixEpoch, 5), [.. Enumerable.Range(0, 5).Select(f => new AlertFeature($"feature {f}", 0.2, 1, 2, [1.5, 2.5]))],
        new AlertModel("v", ["linear"]), "hash");

    private sealed class Arrivals : IMessageSink
    {
        private int _count;

        public long[] Told { get; } = new long[Alerts];

        public double[] Milliseconds { get; } = new double[Alerts];

        public int Count => Volatile.Read(ref _count);

        public bool TryAccept(in RawMessage message)
        {
            int number = int.Parse(AlertWriter.Read(message.Payload.Span)!.Id, System.Globalization.CultureInfo.InvariantCulture);
            Milliseconds[_count] = Stopwatch.GetElapsedTime(Told[number]).TotalMilliseconds;
            Volatile.Write(ref _count, _count + 1);
            message.Receipt.Release();
            return true;
        }

        public void Idle()
        {
        }
    }
}
