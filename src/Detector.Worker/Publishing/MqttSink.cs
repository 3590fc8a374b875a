using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;
using MQTTnet;

namespace Detector.Worker.Publishing;

/// <summary>
/// Publishes records to a topic of an MQTT broker, in their order. Delivery is certain when the broker has acknowledged it (at QoS 0: when it was
/// sent). What was on its way when a connection broke is published again on the next one, before all that follows.
/// </summary>
internal sealed partial class MqttSink : ISink
{
    /// <summary>Records that wait, beyond which <see cref="Publish"/> does.</summary>
    private const int Capacity = 1024;

    /// <summary>Records that may be unacknowledged; the broker may want fewer.</summary>
    private const int MaxInFlight = 64;
    private readonly MqttTopic _topic;
    private readonly MqttOptions _options;
    private readonly ILogger _log;
    private readonly Action<string> _onError;
    private readonly TimeProvider _clock;
    private readonly MqttLink _link;
    private readonly SinkQueue _queue;
    private volatile int _window = MaxInFlight;
    private long _maxPacketBytes = long.MaxValue;

    /// <param name="onError">Told the reason of every failed delivery, one of <see cref="DeliveryFault.Reasons"/>.</param>
    /// <exception cref="IOException">A certificate cannot be read.</exception>
    public MqttSink(string name, SinkOptions options, ILogger log, Action<string> onError, TimeProvider? clock = null)
    {
        Name = name;
        _topic = new MqttTopic(options.Topic!);
        _options = options.Mqtt;
        _log = log;
        _onError = onError;
        _clock = clock ?? TimeProvider.System;
        _queue = new SinkQueue(Capacity, _clock);
        _link = new MqttLink(
            $"Sink {name}", MqttConnectionSettings.Create(options.Server!, _options, $"sink-{name}", keepSession: false), log, _clock, PrepareAsync, _options.StatusTopic);
        _link.Start();
        _ = Task.Run(DeliverAsync, CancellationToken.None);
    }

    public string Name { get; }

    public void Publish(in OutboundRecord record, CancellationToken stop) => _queue.Add(record, stop);

    public int Flush(TimeSpan timeout) => _queue.Flush(timeout);

    public void Dispose()
    {
        if (_queue.Stop())
            _link.Dispose();
    }

    private Task PrepareAsync(MqttClientConnectResult welcome, CancellationToken stop)
    {
        // At QoS 2 the order is that of the releases, which the client sends as its tasks happen to run: one at a time.
        _window = _options.Qos == 2 ? 1 : Math.Min(MaxInFlight, welcome.ReceiveMaximum is > 0 and { } most ? most : MaxInFlight);
        Interlocked.Exchange(ref _maxPacketBytes, welcome.MaximumPacketSize is > 0 and { } bytes ? bytes : long.MaxValue);
        return Task.CompletedTask;
    }

    private void Finish(in OutboundRecord record)
    {
        _queue.Finish(record);
        _queue.MakeRoom();
    }
}
