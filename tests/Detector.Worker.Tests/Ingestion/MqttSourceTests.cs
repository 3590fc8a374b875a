using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Ingestion;
using Detector.Worker.Tests.Mqtt;

namespace Detector.Worker.Tests.Ingestion;

public sealed class MqttSourceTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(0, "5")]
    [InlineData(1, "5")]
    [InlineData(2, "5")]
    [InlineData(0, "3.1.1")]
    [InlineData(1, "3.1.1")]
    [InlineData(2, "3.1.1")]
    public async Task Run_AnyQos_HandsOverTopicAndPayloadInOrder(int qos, string version)
    {
        using var running = new RunningMqttSource(RunningMqttSource.Options(_broker.Port, qos, version));

        await PublishAsync(0, 500, qos);
        running.UntilReceived(500);

        Assert.Equal(Numbers(0, 500), running.Payloads);
        Assert.All(running.Inbox.Messages, message => Assert.Equal("plant/p1/telemetry", message.Topic));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), running.Inbox.Messages.Select(message => message.Offset));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_Restarted_ReadsOnAtTheFirstUnfinished(int qos)
    {
        var first = new RunningMqttSource(RunningMqttSource.Options(_broker.Port, qos), new Inbox { ReleaseAtOnce = false });
        await PublishAsync(0, 10, qos);
        first.UntilReceived(10);
        Receipt[] receipts = [.. first.Inbox.Messages.Select(message => message.Receipt)];
        // Number 4 is not finished, so that 5 to 9 wait behind it.
        foreach (Receipt receipt in receipts.Where((_, number) => number != 4))
            receipt.Release();
        first.Dispose();
        await PublishAsync(10, 5, qos);

        using var second = new RunningMqttSource(RunningMqttSource.Options(_broker.Port, qos));
        second.UntilReceived(11);

        Assert.Equal(Numbers(4, 11), second.Payloads);
    }

    [Fact]
    public async Task Run_ConnectionLost_IsNotHandedOverTwiceAndIsAcknowledged()
    {
        await using var network = new FlakyProxy(_broker.Port);
        var first = new RunningMqttSource(RunningMqttSource.Options(network.Port), new Inbox { ReleaseAtOnce = false });
        await PublishAsync(0, 10, 1);
        first.UntilReceived(10);
        network.Cut();
        RunningMqttSource.Until(() => !first.Source.IsReady, "the source notices");
        RunningMqttSource.Until(() => first.Source.IsReady, "the source is connected again");
        await PublishAsync(10, 10, 1);
        first.UntilReceived(20);

        Assert.Equal(Numbers(0, 20), first.Payloads);
        foreach (Receipt receipt in first.Inbox.Messages.Select(message => message.Receipt))
            receipt.Release();
        first.Dispose();
        using var second = new RunningMqttSource(RunningMqttSource.Options(_broker.Port));
        await PublishAsync(20, 1, 1);
        second.UntilReceived(1);

        Assert.Equal(["20"], second.Payloads);
    }

    [Fact]
    public async Task Run_FinishedWhileDisconnected_IsAcknowledgedOnTheNextConnection()
    {
        await using var network = new FlakyProxy(_broker.Port);
        var first = new RunningMqttSource(RunningMqttSource.Options(network.Port), new Inbox { ReleaseAtOnce = false });
        await PublishAsync(0, 10, 1);
        first.UntilReceived(10);
        network.IsStill = true;
        network.Cut();
        RunningMqttSource.Until(() => !first.Source.IsReady, "the source notices");
        foreach (Receipt receipt in first.Inbox.Messages.Select(message => message.Receipt))
            receipt.Release();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        network.IsStill = false;
        RunningMqttSource.Until(() => first.Source.IsReady, "the source is connected again");
        await PublishAsync(10, 1, 1);
        first.UntilReceived(11);
        first.Inbox.Messages.Last().Receipt.Release();
        first.Dispose();

        using var second = new RunningMqttSource(RunningMqttSource.Options(_broker.Port));
        await PublishAsync(20, 1, 1);
        second.UntilReceived(1);

        Assert.Equal(Numbers(0, 11), first.Payloads);
        Assert.Equal(["20"], second.Payloads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_BrokerRestarted_LosesNothing(int qos)
    {
        using var running = new RunningMqttSource(RunningMqttSource.Options(_broker.Port, qos), new Inbox { ReleaseAtOnce = false });
        await PublishAsync(0, 200, qos);
        running.UntilReceived(200);
        foreach (Receipt receipt in running.Inbox.Messages.Take(100).Select(message => message.Receipt))
            receipt.Release();

        await _broker.StopAsync();
        RunningMqttSource.Until(() => !running.Source.IsReady, "the source notices");
        await _broker.StartAgainAsync();
        RunningMqttSource.Until(() => running.Source.IsReady, "the source is connected again");
        await PublishAsync(200, 100, qos);
        running.UntilReceived(300);

        Assert.Equal(Numbers(0, 300), running.Payloads.Distinct());
    }

    [Fact]
    public async Task Run_SessionForgotten_SubscribesAgain()
    {
        SourceOptions options = RunningMqttSource.Options(_broker.Port);
        options.Mqtt.SessionExpiry = TimeSpan.Zero;
        using var running = new RunningMqttSource(options);

        await _broker.StopAsync();
        RunningMqttSource.Until(() => !running.Source.IsReady, "the source notices");
        await _broker.StartAgainAsync();
        RunningMqttSource.Until(() => running.Source.IsReady, "the source is connected again");
        await PublishAsync(0, 5, 1);
        running.UntilReceived(5);

        Assert.Equal(Numbers(0, 5), running.Payloads);
    }

    [Fact]
    public async Task Run_PipelineFull_OffersAgainAndLosesNothing()
    {
        var inbox = new Inbox { Open = false };
        using var running = new RunningMqttSource(RunningMqttSource.Options(_broker.Port), inbox);
        await PublishAsync(0, 300, 1);
        RunningMqttSource.Until(() => inbox.Refusals > 20, "the pipeline refuses");

        inbox.Open = true;
        running.UntilReceived(300);

        Assert.Equal(Numbers(0, 300), running.Payloads);
    }

    [Fact]
    public async Task Run_Qos0BeyondWhatFits_IsCountedAsLost()
    {
        SourceOptions options = RunningMqttSource.Options(_broker.Port, qos: 0);
        options.MaxInFlight = 50;
        var inbox = new Inbox { Open = false };
        using var running = new RunningMqttSource(options, inbox);
        await PublishAsync(0, 400, 0);
        await PublishAsync(400, 1, 0);
        await Task.Delay(300, TestContext.Current.CancellationToken);

        inbox.Open = true;
        RunningMqttSource.Until(() => inbox.Messages.Count + inbox.LostMessages >= 401, $"401 messages are accounted for ({inbox.Messages.Count} + {inbox.LostMessages})");

        Assert.Equal(401, inbox.Messages.Count + inbox.LostMessages);
        Assert.InRange(inbox.Messages.Count, 50, 52);
    }

    [Fact]
    public async Task Run_WindowFullOfWhatWaits_TellsThePipeline()
    {
        var inbox = new Inbox { ReleaseAtOnce = false };
        SourceOptions options = RunningMqttSource.Options(_broker.Port);
        options.Mqtt.ReceiveMaximum = 5;
        using var running = new RunningMqttSource(options, inbox);
        await PublishAsync(0, 6, 1);
        running.UntilReceived(5);

        RunningMqttSource.Until(() => inbox.Exhaustions > 0, "the pipeline is told to let go");

        Assert.Equal(5, inbox.Messages.Count);
    }

    [Fact]
    public async Task Run_SharedGroup_SplitsTheMessages()
    {
        RunningMqttSource[] workers = [.. Enumerable.Range(0, 2).Select(number =>
        {
            SourceOptions options = RunningMqttSource.Options(_broker.Port);
            options.Mqtt.ClientId = $"worker-{number}";
            options.Mqtt.SharedGroup = "detectors";
            return new RunningMqttSource(options);
        })];

        await PublishAsync(0, 100, 1);
        RunningMqttSource.Until(() => workers.Sum(worker => worker.Inbox.Messages.Count) >= 100, "all messages arrive");

        Assert.Equal(Numbers(0, 100).Order(), workers.SelectMany(worker => worker.Payloads).Order());
        Assert.All(workers, worker => Assert.NotEmpty(worker.Payloads));
        foreach (RunningMqttSource worker in workers)
            worker.Dispose();
    }

    [Fact]
    public async Task Run_StatusTopic_SaysWhetherItIsThere()
    {
        SourceOptions options = RunningMqttSource.Options(_broker.Port);
        options.Mqtt.StatusTopic = "status/detector";
        var running = new RunningMqttSource(options);

        Assert.Equal("online", await StatusAsync());
        running.Dispose();
        Assert.Equal("offline", await StatusAsync());
    }

    private static IEnumerable<string> Numbers(int first, int count) => Enumerable.Range(first, count).Select(i => FormattableString.Invariant($"{i}"));

    private Task PublishAsync(int first, int count, int qos) => _broker.PublishAsync("plant/p1/telemetry", Numbers(first, count), "-q", $"{qos}");

    private async Task<string> StatusAsync() =>
        (await ExternalTool.RunAsync("mosquitto_sub", [.. _broker.Address, "-t", "status/detector", "-C", "1"])).Output.Trim();
}
