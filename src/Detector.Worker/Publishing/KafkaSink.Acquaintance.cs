using Confluent.Kafka;

namespace Detector.Worker.Publishing;

// A client asks who leads a topic only once it has a record for it, and then waits a second for the answer: the first alert would come late.
internal sealed partial class KafkaSink
{
    private static readonly TimeSpan s_asking = TimeSpan.FromSeconds(1);
    private Task _acquaintance = Task.CompletedTask;

    /// <summary>Has the client look up the topic in the background, again and again until the broker answers.</summary>
    private void Acquaint(IProducer<byte[], byte[]> producer) => _acquaintance = Task.Run(async () =>
    {
        using IAdminClient client = new DependentAdminClientBuilder(producer.Handle).Build();
        while (!_disposed.IsCancellationRequested && ReferenceEquals(producer, Volatile.Read(ref _producer)))
        {
            try
            {
                client.GetMetadata(_topic, s_asking);
                return;
            }
            catch (KafkaException)
            {
                // Not there yet; that it is not, deliveries tell.
            }

            await Task.Delay(s_asking, TimeProvider.System, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    /// <summary>Waits until the client is no longer asking, so that it can be disposed of.</summary>
    private void EndAcquaintance() => _acquaintance.GetAwaiter().GetResult();
}
