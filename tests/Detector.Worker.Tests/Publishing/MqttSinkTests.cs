using System.Collections.Concurrent;
using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;
using Detector.Worker.Tests.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing;

public sealed class MqttSinkTests : IAsyncLifetime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly Claims _claims = new();
    private MosquittoBroker _broker = null!;

    private static CancellationToken Never => CancellationToken.None;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync("max_packet_size 20000");

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(0, "5")]
    [InlineData(1, "5")]
    [InlineData(2, "5")]
    [InlineData(1, "3.1.1")]
    public async Task Publish_Records_ArriveInOrderAndReleaseTheirReceipts(int qos, string version)
    {
        await using ExternalTool subscriber = await _broker.SubscribeAsync("alerts/+", "-q", "2", "-C", "500", "-F", "%t %q %p");
        using MqttSink sink = Sink(qos: qos, version: version);
        for (int i = 0; i < 500; i++)
            sink.Publish(_claims.Record(i), Never);

        Assert.Equal(0, sink.Flush(s_soon));

        Assert.Equal(500, _claims.Released.Count);
        Assert.Empty(_errors);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"alerts/pump-1 {qos} {i}"), Lines((await subscriber.ExitAsync()).Output));
    }

    [Fact]
    public async Task Publish_Version5_CarriesHeadersAsUserProperties()
    {
        await using ExternalTool subscriber = await _broker.SubscribeAsync("alerts/+", "-V", "5", "-C", "1", "-F", "%P|%C");
        using MqttSink sink = Sink();
        OutboundRecord record = _claims.Record(7);

        sink.Publish(record with { Headers = [.. record.Headers, new("content-type", "application/json"), new("detector_reason", "late")] }, Never);

        Assert.Equal(["id:id-7 subject:pümp detector_reason:late|application/json"], Lines((await subscriber.ExitAsync()).Output));
    }

    [Fact]
    public async Task Publish_BrokerGoesAndComesBack_DeliversEverythingInOrder()
    {
        await using ExternalTool subscriber = await _broker.SubscribeAsync("alerts/+", "-q", "1", "-c", "-C", "50");
        using MqttSink sink = Sink();
        sink.Publish(_claims.Record(0), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        await _broker.StopAsync();
        for (int i = 1; i < 50; i++)
            sink.Publish(_claims.Record(i), Never);
        Assert.Equal(49, sink.Flush(TimeSpan.FromMilliseconds(300)));

        await _broker.StartAgainAsync();
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(60)));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), _claims.Released);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), Lines((await subscriber.ExitAsync()).Output));
    }

    [Fact]
    public async Task Publish_ConnectionCutInTheMiddle_LosesNothing()
    {
        await using var network = new FlakyProxy(_broker.Port);
        await using ExternalTool subscriber = await _broker.SubscribeAsync("alerts/+", "-q", "1", "-W", "60");
        using MqttSink sink = Sink(port: network.Port);
        RunningMqttSource.Until(() => network.Connections > 0, "the sink connects");
        for (int i = 0; i < 3_000; i++)
        {
            sink.Publish(_claims.Record(i), Never);
            if (i % 700 == 300)
                network.Cut();
        }

        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(60)));

        Assert.Equal(3_000, _claims.Released.Distinct().Count());
        Assert.Equal(3_000, _claims.Released.Count);
        Assert.True(network.Connections > 1);
        Assert.All(_errors, error => Assert.Equal("unreachable", error));
    }

    [Fact]
    public void Publish_TooLarge_IsCountedAndReleased()
    {
        using MqttSink sink = Sink();
        sink.Publish(_claims.Record(1, bytes: 50_000), Never);
        sink.Publish(_claims.Record(2), Never);

        Assert.Equal(0, sink.Flush(s_soon));

        Assert.Equal(["too_large"], _errors);
        Assert.Equal([1, 2], _claims.Released);
    }

    [Fact]
    public async Task Publish_NotAllowed_IsCountedAndReleased()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            "acl_file {directory}/acl", prepare: directory => File.WriteAllText(Path.Combine(directory, "acl"), "topic write other\n"));
        using MqttSink sink = Sink(port: broker.Port);

        sink.Publish(_claims.Record(1), Never);

        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal(["not_authorized"], _errors);
    }

    [Fact]
    public void Publish_BufferFull_WaitsUntilToldToStop()
    {
        using MqttSink sink = Sink(port: FreePort.Next());
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            for (int i = 0; i < 2_000 && !stop.IsCancellationRequested; i++)
                sink.Publish(_claims.Record(i), stop.Token);
        });
        thread.Start();

        Assert.False(thread.Join(TimeSpan.FromMilliseconds(300)));
        stop.Cancel();
        Assert.True(thread.Join(s_soon));
        Assert.Empty(_claims.Released);
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private MqttSink Sink(int? port = null, int qos = 1, string version = "5") => new(
        "alerts",
        new SinkOptions
        {
            Type = "mqtt",
            Server = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port ?? _broker.Port}"),
            Topic = "alerts/{series}",
            Mqtt = { Qos = qos, ProtocolVersion = version },
        },
        NullLogger.Instance, _errors.Enqueue);
}
