using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Detector.Tests.Support;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Worker.Tests.Cli.Quickstart;

public sealed class EmbeddedBrokerTests : IDisposable
{
    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Messages_Produced_ComeBackInOrderWithHeadersAndTimestamp()
    {
        _broker.CreateTopic("sensors", 1);
        var time = new DateTime(2024, 5, 6, 7, 8, 9, 123, DateTimeKind.Utc);
        using (var producer = BrokerClients.Producer(_broker.BootstrapServers))
        {
            for (var i = 0; i < 100; i++)
            {
                var report = await producer.ProduceAsync("sensors", new Message<string, string>
                {
                    Key = $"pump-{i % 3}",
                    Value = $"{{\"n\":{i}}}",
                    Timestamp = new Timestamp(time.AddMilliseconds(i)),
                    Headers = BrokerClients.Headers(("ce_id", $"id-{i}"), ("empty", "")),
                }, TestContext.Current.CancellationToken);
                Assert.Equal(i, report.Offset.Value);
            }
        }

        using var consumer = BrokerClients.Consumer(_broker.BootstrapServers, "readers");
        consumer.Assign(new TopicPartitionOffset("sensors", 0, Offset.Beginning));
        var messages = consumer.Take(100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{{\"n\":{i}}}"), messages.Select(m => m.Message.Value));
        Assert.Equal("pump-1", messages[4].Message.Key);
        Assert.Equal("id-4", Encoding.UTF8.GetString(messages[4].Message.Headers.GetLastBytes("ce_id")));
        Assert.Equal(["ce_id", "empty"], messages[4].Message.Headers.Select(h => h.Key));
        Assert.Equal(TimestampType.CreateTime, messages[4].Message.Timestamp.Type);
        Assert.Equal(time.AddMilliseconds(4), messages[4].Message.Timestamp.UtcDateTime);
        consumer.Close();
    }

    [Fact]
    public async Task ConsumerGroup_AfterCommit_ResumesBehindTheCommittedOffset()
    {
        _broker.CreateTopic("sensors", 1);
        await BrokerClients.ProduceAsync(_broker.BootstrapServers, "sensors", Enumerable.Range(0, 50).Select(i => $"m{i}"));
        using (var first = BrokerClients.Consumer(_broker.BootstrapServers, "detector"))
        {
            first.Subscribe("sensors");
            first.Commit(first.Take(20)[^1]);
            first.Take(5);
            first.Close();
        }

        using var second = BrokerClients.Consumer(_broker.BootstrapServers, "detector");
        second.Subscribe("sensors");
        Assert.Equal(20, second.Take(1)[0].Offset.Value);
        Assert.Equal(20, second.Committed([new TopicPartition("sensors", 0)], TimeSpan.FromSeconds(10))[0].Offset.Value);

        using var other = BrokerClients.Consumer(_broker.BootstrapServers, "another-group");
        other.Subscribe("sensors");
        Assert.Equal(0, other.Take(50)[0].Offset.Value);
        second.Close();
        other.Close();
    }

    [Fact]
    public async Task Kcat_FromOutside_ListsTheTopicAndReadsTheMessages()
    {
        _broker.CreateTopic("sensors", 3);
        await BrokerClients.ProduceAsync(_broker.BootstrapServers, "sensors", Enumerable.Range(0, 30).Select(i => $"m{i}"));

        var list = await ExternalTool.RunAsync("kcat", ["-b", _broker.BootstrapServers, "-L", "-t", "sensors"]);
        Assert.True(list.ExitCode == 0, list.Error);
        Assert.Contains("topic \"sensors\" with 3 partitions", list.Output, StringComparison.Ordinal);

        var read = await ExternalTool.RunAsync("kcat", ["-b", _broker.BootstrapServers, "-C", "-t", "sensors", "-o", "beginning", "-e", "-q", "-f", "%k=%s\n"]);
        Assert.True(read.ExitCode == 0, read.Error);
        Assert.Equal(
            Enumerable.Range(0, 30).Select(i => $"m{i}=m{i}").Order(StringComparer.Ordinal),
            read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Kcat_Produces_TheConsumerReads()
    {
        _broker.CreateTopic("sensors", 1);
        var write = await ExternalTool.RunAsync("kcat", ["-b", _broker.BootstrapServers, "-P", "-t", "sensors", "-K", ":", "-H", "unit=bar"], input: "pump-1:4.9\npump-2:3.1\n");
        Assert.True(write.ExitCode == 0, write.Error);

        using var consumer = BrokerClients.Consumer(_broker.BootstrapServers, "readers");
        consumer.Assign(new TopicPartitionOffset("sensors", 0, Offset.Beginning));
        var messages = consumer.Take(2);
        Assert.Equal(["pump-1=4.9", "pump-2=3.1"], messages.Select(m => $"{m.Message.Key}={m.Message.Value}"));
        Assert.Equal("bar", Encoding.UTF8.GetString(messages[0].Message.Headers.GetLastBytes("unit")));
        consumer.Close();
    }

    [Fact]
    public async Task Partition_MoreThanItKeeps_LosesTheOldest()
    {
        _broker.CreateTopic("sensors", 1);
        var body = new string('x', 450_000);
        await BrokerClients.ProduceAsync(_broker.BootstrapServers, "sensors", Enumerable.Repeat(body, 7));
        await BrokerClients.ProduceAsync(_broker.BootstrapServers, "sensors", Enumerable.Repeat("small", 5));

        using var consumer = BrokerClients.Consumer(_broker.BootstrapServers, "readers");
        var kept = consumer.QueryWatermarkOffsets(new TopicPartition("sensors", 0), TimeSpan.FromSeconds(10));
        Assert.Equal(12, kept.High.Value);
        Assert.InRange(kept.Low.Value, 1, 6);
        consumer.Assign(new TopicPartitionOffset("sensors", 0, Offset.Beginning));
        Assert.Equal(kept.Low.Value, consumer.Take(1)[0].Offset.Value);
        consumer.Close();
    }

    [Fact]
    public void CreateTopic_Twice_IsRefusedInASentence()
    {
        _broker.CreateTopic("sensors", 1);
        var e = Assert.Throws<InvalidOperationException>(() => _broker.CreateTopic("sensors", 1));
        Assert.Equal("Topic 'sensors' with 1 partitions could not be created: Broker: Topic already exists.", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _broker.CreateTopic("none", 0));
        Assert.Throws<ArgumentException>(() => _broker.CreateTopic("", 1));
    }

    [Fact]
    public void Start_SeveralBrokers_EachHasAPort()
    {
        using var cluster = EmbeddedBroker.Start(3);
        Assert.Equal(3, cluster.BootstrapServers.Split(',').Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddedBroker.Start(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.SetBrokerDown(4));
    }

    [Fact]
    public void Dispose_Twice_IsHarmlessAndEndsIt()
    {
        var broker = EmbeddedBroker.Start();
        broker.Dispose();
        broker.Dispose();
        Assert.Throws<ObjectDisposedException>(() => broker.CreateTopic("sensors", 1));
    }

    [Fact]
    public async Task Idle_WithATopic_TakesNextToNoProcessorTime()
    {
        // Other tests share this process, so the broker is watched alone, in its own thread.
        _broker.CreateTopic("sensors", 4);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var before = MockThreads();
        Assert.NotEmpty(before);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        var idlest = MockThreads().Where(t => before.ContainsKey(t.Key)).Min(t => t.Value - before[t.Key]);
        Assert.InRange(idlest, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    private static Dictionary<int, TimeSpan> MockThreads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Cast<ProcessThread>()
            .Where(t => File.Exists($"/proc/self/task/{t.Id}/comm") && File.ReadAllText($"/proc/self/task/{t.Id}/comm").Trim() == "rdk:mock")
            .ToDictionary(t => t.Id, t => t.TotalProcessorTime);
    }
}
