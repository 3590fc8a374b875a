using System.Diagnostics;
using Confluent.Kafka;
using Detector.Models.Compute;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Ingestion;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.State;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>CPU time of a message through the embedded broker, in a process of its own: a loop that consumes and does nothing else, and the service's own stages.</summary>
internal static class KafkaBenchmark
{
    /// <summary>What is read first and not measured (the compiler, the training), and what is.</summary>
    private const string WarmupTopic = "warmup", Topic = "sensors";
    private const int SeriesCount = 64, Partitions = 16;
    private const int WarmupMessages = 300_000, Messages = 600_000;

    public static void Run(Report report)
    {
        using Process broker = StartBroker(out string servers);
        try
        {
            report.Table(
                $"Kafka: CPU time of a message of 8 features, {Partitions} partitions, {SeriesCount} series, the same messages and client settings, the broker in another process",
                ["reader", "CPU µs a message", "times the loop", .. CpuClock.Columns]);
            // Once unmeasured: what the runtime compiles it compiles for all that follow.
            Flow(servers, "compiled", ["linear"]);
            CpuClock loop = Consume(topic => Settings(servers, topic));
            Row(report, "a loop that consumes and does nothing else", loop, loop);
            Row(report, "the same with the client as it comes", Consume(topic => PlainSettings(servers, topic)), loop);
            Row(report, "decoded, ordered, windowed, with a snapshot every second; positions committed", Flow(servers, "delivery", null), loop);
            Row(report, "and scored by one linear autoencoder", Flow(servers, "whole", ["linear"]), loop);
            Row(report, "and scored by the three default ones", Flow(servers, "ensemble", ["denoising", "variational", "linear"]), loop);
        }
        finally
        {
            broker.Kill();
            broker.WaitForExit();
        }
    }

    private static void Row(Report report, string reader, CpuClock clock, CpuClock loop) =>
        report.Row([reader, clock.MicrosecondsAMessage, clock.MicrosecondsAMessage / loop.MicrosecondsAMessage, .. clock.Shares]);

    /// <summary>The other process: a broker full of messages, until its input ends.</summary>
    public static int Serve()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic(WarmupTopic, Partitions);
        broker.CreateTopic(Topic, Partitions);
        byte[][] messages = PlantMessages.Create(SeriesCount, ((WarmupMessages + Messages) / SeriesCount) + 1);
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers, LingerMs = 50, CompressionType = CompressionType.Zstd, BatchNumMessages = 1000, BatchSize = 1_000_000,
        }).Build();
        for (int i = 0; i < WarmupMessages + Messages; i++)
        {
            producer.Produce(
                new TopicPartition(i < WarmupMessages ? WarmupTopic : Topic, i % SeriesCount % Partitions),
                new Message<byte[], byte[]> { Key = BitConverter.GetBytes(i % SeriesCount), Value = messages[i] });
            if (i % 50_000 == 49_999)
                producer.Flush(TimeSpan.FromSeconds(30));
        }

        producer.Flush(TimeSpan.FromSeconds(30));
        Console.WriteLine(broker.BootstrapServers);
        Console.In.ReadToEnd();
        return 0;
    }

    private static Process StartBroker(out string servers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(KafkaBenchmark).Assembly.Location, "broker"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.Ordinal))
            start.ArgumentList.RemoveAt(0);
        Process broker = Process.Start(start)!;
        servers = broker.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The broker did not start.");
        return broker;
    }

    private static SourceOptions Options(string servers, string topic, string group) => new()
    {
        Type = SourceFactory.Kafka,
        Topics = [topic],
        // A group a topic: the embedded broker lets a group that a member has just left wait for it as long as a session lasts, 44 s.
        Client = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = servers, ["group.id"] = $"{group}-{topic}", ["fetch.wait.max.ms"] = "20" },
    };

    private static Dictionary<string, string> Settings(string servers, string topic) => KafkaSource.Settings(Options(servers, topic, "loop"));

    /// <summary>Every field of a message, and offsets that the client stores, as its defaults are.</summary>
    private static Dictionary<string, string> PlainSettings(string servers, string topic)
    {
        Dictionary<string, string> settings = KafkaSource.Settings(Options(servers, topic, "plain"));
        settings.Remove("dotnet.consumer.consume.result.fields");
        settings.Remove("enable.auto.offset.store");
        return settings;
    }

    private static CpuClock Consume(Func<string, Dictionary<string, string>> settings)
    {
        Consume(settings(WarmupTopic), WarmupTopic, new CpuClock(WarmupMessages));
        var clock = new CpuClock(Messages);
        Consume(settings(Topic), Topic, clock);
        return clock;
    }

    private static void Consume(Dictionary<string, string> settings, string topic, CpuClock clock)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(settings)
            .SetPartitionsAssignedHandler((_, _) => clock.Begin()).Build();
        consumer.Subscribe(topic);
        while (!clock.IsOver)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { Message.Value: not null })
                clock.Count();
        }

        clock.Stop();
        consumer.Close();
    }

    /// <param name="networks">What scores; null never has a model: its series go on collecting.</param>
    private static CpuClock Flow(string servers, string group, string[]? networks)
    {
        string directory = Directory.CreateTempSubdirectory("detector-bench-").FullName;
        var options = new PipelineOptions
        {
            Sources = ["kafka"],
            Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(32) },
            Training = new TrainingOptions { Warmup = networks is null ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(200), MaxSteps = 100 },
        };
        options.Model.Scope = "pipeline";
        if (networks is not null)
            options.Model.Networks = networks;
        var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("cpu"), TimeProvider.System);
        var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
        var flowMetrics = new FlowMetrics(metrics, [pipeline], ["kafka"], TimeProvider.System);
        var clock = new CpuClock(Messages);
        using var checkpoints = new Checkpointing(
            new DirectoryStateStore(directory, _ => { }), TimeSpan.FromSeconds(1), metrics.Checkpoints, NullLogger.Instance);
        using var warmup = new KafkaSource("kafka", Options(servers, WarmupTopic, group), NullLogger.Instance);
        using var source = new KafkaSource("kafka", Options(servers, Topic, group), NullLogger.Instance);
        var both = new WarmedKafka(warmup, () => networks is null || pipeline.Slots.Any(slot => slot.Phase == SlotPhase.Active), source, clock);
        var part = new SourcePart(both, (pool, queue, train) => new SourceLane(
            DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("kafka"), PipelineRun.NoDeadLetters.Instance, TimeProvider.System,
            new LaneCheckpoints(checkpoints, "kafka", NullLogger.Instance)));
        using var flow = new DataFlow(
            new FlowParts(
                [part], new VerdictPublisher(TimeProvider.System, CancellationToken.None), new TrainingObserver(flowMetrics, NullLogger.Instance), flowMetrics,
                options.MaxBatch, checkpoints),
            (stage, error) => throw new InvalidOperationException(stage, error));
        flow.Start();
        while (!clock.IsOver)
            Thread.Sleep(20);
        flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System);
        clock.Stop();
        Directory.Delete(directory, recursive: true);
        return clock;
    }

    /// <summary>Reads one topic, waits until there is a model, and then another.</summary>
    private sealed class WarmedKafka(KafkaSource warmup, Func<bool> isTrained, KafkaSource source, CpuClock clock) : ISource
    {
        public string Name => source.Name;

        public long Lag => source.Lag;

        public bool IsReady => source.IsReady;

        public void Run(IMessageSink sink, CancellationToken stop)
        {
            Run(warmup, sink, new CpuClock(WarmupMessages), stop);
            while (!isTrained())
            {
                sink.Idle();
                Thread.Sleep(1);
            }

            warmup.Dispose();
            Run(source, sink, clock, stop);
        }

        public void StoreFinished() => source.StoreFinished();

        public void Dispose()
        {
        }

        private static void Run(KafkaSource source, IMessageSink sink, CpuClock clock, CancellationToken stop)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            source.Run(new Counted(sink, clock, end), end.Token);
        }
    }

    private sealed class Counted(IMessageSink sink, CpuClock clock, CancellationTokenSource end) : IMessageSink
    {
        public bool KeepsState => sink.KeepsState;

        public bool TryAccept(in RawMessage message)
        {
            if (!sink.TryAccept(message))
                return false;
            clock.Count();
            if (clock.IsOver)
                end.Cancel();
            return true;
        }

        public void Idle() => sink.Idle();

        public void Exhausted() => sink.Exhausted();

        public void CutOff() => sink.CutOff();

        public void SaveSoon() => sink.SaveSoon();

        public ResumePoint? Assigned(IReceiptLedger ledger, string partition, long? committed)
        {
            clock.Begin();
            return sink.Assigned(ledger, partition, committed);
        }

        public void Revoked(IReceiptLedger ledger, bool lost = false) => sink.Revoked(ledger, lost);
    }
}
