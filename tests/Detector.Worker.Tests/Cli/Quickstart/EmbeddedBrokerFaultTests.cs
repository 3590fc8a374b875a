using System.Diagnostics;
using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Worker.Tests.Cli.Quickstart;

public sealed class EmbeddedBrokerFaultTests : IDisposable
{
    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    public EmbeddedBrokerFaultTests() => _broker.CreateTopic("sensors", 1);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task SetBrokerDown_ThenUp_ProducingFailsAndGoesOn()
    {
        await BrokerClients.ProduceAsync(_broker.BootstrapServers, "sensors", ["before"]);
        _broker.SetBrokerDown();
        using (var producer = BrokerClients.Producer(_broker.BootstrapServers, timeoutMs: 700))
        {
            var e = await Assert.ThrowsAsync<ProduceException<string, string>>(() => ProduceAsync(producer, "lost"));
            Assert.Equal(ErrorCode.Local_MsgTimedOut, e.Error.Code);
        }

        _broker.SetBrokerUp(1);
        using var again = BrokerClients.Producer(_broker.BootstrapServers);
        await ProduceAsync(again, "after");

        using var consumer = BrokerClients.Consumer(_broker.BootstrapServers, "readers");
        consumer.Assign(new TopicPartitionOffset("sensors", 0, Offset.Beginning));
        Assert.Equal(["before", "after"], consumer.Take(2).Select(m => m.Message.Value));
        consumer.Close();
    }

    [Fact]
    public async Task PushRequestErrors_PermanentError_ReachesTheProducerOnce()
    {
        using var producer = BrokerClients.Producer(_broker.BootstrapServers);
        _broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, (int)ErrorCode.MsgSizeTooLarge);
        var e = await Assert.ThrowsAsync<ProduceException<string, string>>(() => ProduceAsync(producer, "refused"));
        Assert.Equal(ErrorCode.MsgSizeTooLarge, e.Error.Code);
        await ProduceAsync(producer, "taken");
    }

    [Fact]
    public async Task PushRequestErrors_TransientErrors_AreRetriedByTheClient()
    {
        using var producer = BrokerClients.Producer(_broker.BootstrapServers);
        var retry = (int)ErrorCode.RequestTimedOut;
        _broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, retry, retry);
        Assert.Equal(0, (await ProduceAsync(producer, "third time")).Offset.Value);
    }

    [Fact]
    public async Task ClearRequestErrors_BeforeTheyAreMet_NothingFails()
    {
        using var producer = BrokerClients.Producer(_broker.BootstrapServers);
        _broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, (int)ErrorCode.MsgSizeTooLarge);
        _broker.ClearRequestErrors(EmbeddedBrokerRequest.Produce);
        await ProduceAsync(producer, "taken");
    }

    [Fact]
    public async Task SetRoundTripTime_Answers_TakeThatLong()
    {
        using var producer = BrokerClients.Producer(_broker.BootstrapServers);
        await ProduceAsync(producer, "first");
        _broker.SetRoundTripTime(TimeSpan.FromMilliseconds(300));
        var start = Stopwatch.GetTimestamp();
        await ProduceAsync(producer, "slow");
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(290));
    }

    private static Task<DeliveryResult<string, string>> ProduceAsync(IProducer<string, string> producer, string value) =>
        producer.ProduceAsync("sensors", new Message<string, string> { Key = "k", Value = value }, TestContext.Current.CancellationToken);
}
