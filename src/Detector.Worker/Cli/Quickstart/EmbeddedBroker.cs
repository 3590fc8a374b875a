namespace Detector.Worker.Cli.Quickstart;

/// <summary>
/// A broker inside this process that speaks Kafka's protocol on the loopback address, for trying things out and for tests. It forgets everything when disposed of.
/// </summary>
/// <remarks>
/// It is librdkafka's mock cluster (rdkafka_mock.h), so it needs nothing that the Kafka client does not bring along. Topics that a client asks for are created with four partitions.
/// A partition keeps its newest 5 MiB, compressed as the producer sent them, in at most 100,000 batches; a reader that falls behind them goes on at what is left.
/// A fetch answers one batch per partition, and at the end of a partition always waits as long as the client allows (<c>fetch.wait.max.ms</c>), even if a message arrives
/// meanwhile: let producers linger and consumers wait for less than the client's default of 500 ms.
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
                $"The embedded broker is part of librdkafka, which could not be used: {e.Message} Install librdkafka 1.6 or newer (Debian package librdkafka1).", e);
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
