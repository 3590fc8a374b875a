namespace Detector.Worker.Cli.Quickstart;

/// <summary>
/// A broker inside this process that speaks Kafka's protocol on the loopback address, for trying things out and for tests. It forgets everything when disposed of.
/// </summary>
/// <remarks>
/// It is librdkafka's mock cluster (rdkafka_mock.h), so it needs nothing that the Kafka client does not bring along. What differs from Kafka, seen with librdkafka 2.0.2:
/// <list type="bullet">
/// <item>A partition keeps its newest 5 MiB, as compressed by the producer, in at most 100,000 batches. A reader that falls behind goes on at what is left, or at the end,
/// as its <c>auto.offset.reset</c> says: compress, and do not produce far ahead of the readers.</item>
/// <item>At the end of a partition a fetch waits as long as the client allows, even if a message arrives meanwhile: with the client's default <c>fetch.wait.max.ms</c> of 500
/// a message is seen after 400 ms, with 20 after 9 ms.</item>
/// <item>A fetch answers one batch per partition, and finds it by walking from the oldest: 5,000 messages/s in batches of one, 175,000 with a lingering producer.</item>
/// <item>The first member of a group waits 3 s for others.</item>
/// <item>The sequence of a producer is checked within a transaction only. A batch that follows a refused one is taken, where Kafka refuses it too, and the idempotent client
/// concludes that the refused one is stored and reports it as delivered: with <see cref="PushRequestErrors"/> for what is produced, set
/// <c>max.in.flight.requests.per.connection</c> to 1.</item>
/// <item>Messages of aborted transactions are visible to every reader, offsets sent with a transaction are forgotten, and nobody is fenced.</item>
/// <item>Topics that a client asks for are created with four partitions; the admin protocol and the search for an offset by time are missing.</item>
/// <item>Messages carry their producer's timestamp, but a delivery report says 1970.</item>
/// </list>
/// </remarks>
internal sealed partial class EmbeddedBroker : IDisposable
{
    private readonly EmbeddedBrokerHandle _cluster;
    private readonly int _brokers;

    private EmbeddedBroker(EmbeddedBrokerHandle cluster, int brokers, string bootstrapServers)
    {
        _cluster = cluster;
        _brokers = brokers;
        BootstrapServers = bootstrapServers;
    }

    /// <summary>What a client puts under <c>bootstrap.servers</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts <paramref name="brokers"/> brokers, numbered from 1, each on a free port of its own.</summary>
    /// <exception cref="InvalidOperationException">librdkafka is missing, too old or refuses.</exception>
    public static EmbeddedBroker Start(int brokers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(brokers);
        try
        {
            var cluster = EmbeddedBrokerHandle.Create(brokers);
            return new EmbeddedBroker(cluster, brokers, EmbeddedBrokerNative.Text(EmbeddedBrokerNative.Bootstraps(cluster)));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new InvalidOperationException(
                $"The embedded broker is part of librdkafka, which could not be used: {e.Message} Install librdkafka 1.9 or newer (Debian package librdkafka1).", e);
        }
    }

    /// <summary>Creates a topic whose partitions are spread over the brokers.</summary>
    /// <exception cref="InvalidOperationException">The topic exists.</exception>
    public void CreateTopic(string name, int partitions)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        Require(EmbeddedBrokerNative.CreateTopic(_cluster, name, partitions, replicas: 1), $"Topic '{name}' with {partitions} partitions could not be created");
    }

    /// <summary>Stops all brokers, forgets all messages and waits for the end of their thread.</summary>
    public void Dispose() => _cluster.Dispose();

    private static void Require(int error, string failure)
    {
        if (error == 0) return;
        throw new InvalidOperationException($"{failure}: {EmbeddedBrokerNative.Text(EmbeddedBrokerNative.Describe(error))}.");
    }
}
