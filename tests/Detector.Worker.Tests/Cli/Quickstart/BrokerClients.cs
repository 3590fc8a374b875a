using System.Text;
using Confluent.Kafka;

namespace Detector.Worker.Tests.Cli.Quickstart;

/// <summary>Produces to and reads from a broker in a few words.</summary>
internal static class BrokerClients
{
    public static IProducer<string, string> Producer(string servers, int timeoutMs = 20_000) => new ProducerBuilder<string, string>(
        new ProducerConfig { BootstrapServers = servers, LingerMs = 5, MessageTimeoutMs = timeoutMs, RetryBackoffMs = 20 }).SetLogHandler((_, _) => { }).Build();

    public static IConsumer<string, string> Consumer(string servers, string group) => new ConsumerBuilder<string, string>(
        new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            FetchWaitMaxMs = 20,
            SessionTimeoutMs = 6000,
        }).SetLogHandler((_, _) => { }).Build();

    public static async Task ProduceAsync(string servers, string topic, IEnumerable<string> values)
    {
        using var producer = Producer(servers);
        await Task.WhenAll(values.Select(value => producer.ProduceAsync(topic, new Message<string, string> { Key = value, Value = value })));
    }

    /// <summary>Reads until <paramref name="count"/> messages have come; fewer within 30 s fail the test.</summary>
    public static List<ConsumeResult<string, string>> Take(this IConsumer<string, string> consumer, int count)
    {
        var taken = new List<ConsumeResult<string, string>>();
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (taken.Count < count)
        {
            if (TimeProvider.System.GetUtcNow() > end) Assert.Fail($"Only {taken.Count} of {count} messages came within 30 s.");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { Message: not null } result) taken.Add(result);
        }

        return taken;
    }

    public static Headers Headers(params (string Key, string Value)[] headers)
    {
        var result = new Headers();
        foreach (var (key, value) in headers) result.Add(key, Encoding.UTF8.GetBytes(value));
        return result;
    }
}
