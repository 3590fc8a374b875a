using System.Buffers;
using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Subscribes to topics of an MQTT broker. A message of QoS 1 or 2 is acknowledged when it and every earlier one is finished; what is not comes
/// again after a lost connection or a crash. The broker holds back what exceeds the receive maximum. At QoS 0 there is nothing to hold back with:
/// what does not fit into memory is dropped and counted.
/// </summary>
internal sealed partial class MqttSource : ISource
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(100);

    /// <summary>Messages between two looks at what is finished.</summary>
    private const int UpkeepEvery = 256;

    private readonly ILogger _log;
    private readonly MqttOptions _options;
    private readonly IReadOnlyList<string> _filters;
    private readonly MqttLink _link;
    private readonly OffsetLedger _ledger;
    private readonly MqttInbox _inbox;
    private readonly int _window;
    private readonly TimeProvider _clock;
    private long _sequence;
    private long _handedOver; // number after the last message that the pipeline has taken
    private long _lastArrival;
    private MqttArrival _next;
    private bool _undecided;
    private bool _stopped;

    /// <exception cref="IOException">A certificate cannot be read.</exception>
    public MqttSource(string name, SourceOptions options, ILogger log, TimeProvider? clock = null)
    {
        Name = name;
        _log = log;
        _options = options.Mqtt;
        _clock = clock ?? TimeProvider.System;
        _filters = [.. options.Topics.Select(topic => _options.SharedGroup is { } group ? $"$share/{group}/{topic}" : topic)];
        _ledger = new OffsetLedger(options.MaxInFlight) { Saving = SaveUnacknowledged };
        _inbox = new MqttInbox(options.MaxInFlight);
        _window = Math.Min(_options.ReceiveMaximum, MqttProtocol.CommonWindow);
        _link = new MqttLink(
            $"Source {name}", MqttConnectionSettings.Create(options.Server!, _options, $"source-{name}", keepSession: true), log, _clock, PrepareAsync, _options.StatusTopic);
        _link.Client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    public string Name { get; }

    public bool IsReady => _link.IsUp;

    /// <summary>A broker does not tell how much it keeps.</summary>
    public long Lag => 0;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        _ledger.KeepsState = sink.KeepsState;
        if (sink.Assigned(_ledger, "session", null) is { } point)
            Resume(point);
        _link.Start();
        int sinceUpkeep = 0;
        while (!stop.IsCancellationRequested)
        {
            bool taken = TryTake(out MqttArrival arrival);
            if (taken)
                Deliver(arrival, sink, stop);
            else
                Rest(sink);
            if (taken && ++sinceUpkeep < UpkeepEvery)
                continue;
            sinceUpkeep = 0;
            StoreFinished();
            if (_inbox.TakeRefused() is > 0 and int refused)
                sink.Lost(DropReason.Overload, refused);
        }

        _inbox.Close();
    }

    public void Dispose()
    {
        if (_stopped)
            return;
        _stopped = true;
        _inbox.Close();
        StoreFinished();
        _link.Dispose();
        _inbox.Dispose();
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        _inbox.Add(new MqttArrival(message, _link.Epoch));
        return Task.CompletedTask;
    }

    /// <summary>The next message, once it is known whether the broker has kept the session that it belongs to.</summary>
    private bool TryTake(out MqttArrival arrival)
    {
        // Kept here and not looked at in the queue: that would make the queue keep everything that passes through it.
        if (_undecided)
            arrival = _next;
        else if (!_inbox.TryTake(out arrival))
            return false;
        _undecided = arrival.Epoch != _epoch && !TryBeginEpoch(arrival.Epoch);
        _next = _undecided ? arrival : default;
        if (_undecided)
            return false;
        _lastArrival = _clock.GetTimestamp();
        return true;
    }

    private void Rest(IMessageSink sink)
    {
        // What has come is not to be had before it is known which session it belongs to.
        if (!_link.IsUp || _undecided)
            sink.CutOff();
        sink.Idle();
        // Full windows stand still: what waits for further messages would wait for ever.
        if (_unfinished.Count >= _window && _clock.GetElapsedTime(_lastArrival) >= s_silence)
            sink.Exhausted();
        // A broker may send less at a time than it is allowed to, and then wait for acknowledgements.
        if (_unfinished.Count >= _window / 2)
            sink.SaveSoon();
        if (_undecided)
            Thread.Sleep(s_busy);
        else
            _inbox.Wait(_unfinished.Count > 0 ? s_busy : s_idle);
    }

    private void Deliver(MqttArrival arrival, IMessageSink sink, CancellationToken stop)
    {
        MqttApplicationMessageReceivedEventArgs arguments = arrival.Arguments;
        if (IsKnown(arguments))
            return;
        long number = _sequence++;
        Receipt receipt;
        while (!_ledger.TryBegin(number, out receipt))
        {
            sink.Exhausted();
            if (!Pause(sink, stop))
                return;
        }

        Begin(number, arguments);
        MqttApplicationMessage message = arguments.ApplicationMessage;
        ReadOnlySequence<byte> payload = message.Payload;
        var raw = new RawMessage(payload.IsSingleSegment ? payload.First : payload.ToArray(), default, message.Topic, 0, number, receipt);
        while (!sink.TryAccept(raw))
        {
            if (!Pause(sink, stop))
                return;
        }

        _handedOver = number + 1;
        // Acknowledgements wait for the state to be saved, and the broker for acknowledgements.
        if (_unfinished.Count >= _options.ReceiveMaximum / 4)
            sink.SaveSoon();
        // Until the acknowledgement only the rest of it is needed.
        message.Payload = ReadOnlySequence<byte>.Empty;
    }

    /// <summary>Passes a moment while the pipeline is full; false on a stop.</summary>
    private bool Pause(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        StoreFinished();
        return !stop.WaitHandle.WaitOne(s_busy);
    }

    private async Task PrepareAsync(MqttClientConnectResult welcome, CancellationToken stop)
    {
        _kept[_link.Epoch] = welcome.IsSessionPresent;
        // The first time in any case: the topics may be others than when the session began.
        if (welcome.IsSessionPresent && _subscribed)
            return;
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (string filter in _filters)
            options.WithTopicFilter(filter, (MqttQualityOfServiceLevel)_options.Qos);
        MqttClientSubscribeResult result = await _link.Client.SubscribeAsync(options.Build(), stop).ConfigureAwait(false);
        foreach (MqttClientSubscribeResultItem item in result.Items)
        {
            if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                throw new MqttRefusedException($"the broker refuses the subscription to {item.TopicFilter.Topic} ({item.ResultCode})");
            if ((int)item.ResultCode < _options.Qos)
                _log.GrantedLess(Name, item.TopicFilter.Topic, (int)item.ResultCode, _options.Qos);
        }

        _subscribed = true;
    }
}
