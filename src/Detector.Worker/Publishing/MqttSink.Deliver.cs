using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Detector.Worker.Publishing;

// The one task that publishes: as many records at a time as the broker allows, answered in their order.
internal sealed partial class MqttSink
{
    /// <summary>Room for topic and properties in the largest packet that the broker takes.</summary>
    private const int HeaderBytes = 4096;
    private readonly Backoff _backoff = new();

    private async Task DeliverAsync()
    {
        var again = new Queue<OutboundRecord>();
        var sent = new Queue<(OutboundRecord Record, Task<MqttClientPublishResult> Answer)>();
        try
        {
            while (true)
            {
                await _link.WaitUpAsync(_queue.Stopped).ConfigureAwait(false);
                while (sent.Count < _window && (again.TryDequeue(out OutboundRecord record) || _queue.Records.TryRead(out record)))
                    sent.Enqueue((record, SendAsync(record)));
                if (sent.Count == 0)
                    await _queue.Records.WaitToReadAsync(_queue.Stopped).ConfigureAwait(false);
                else if (!await ConfirmAsync(sent).ConfigureAwait(false))
                    await CollectAsync(sent, again).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_queue.Stopped.IsCancellationRequested)
        {
            // The service stops: the receipts stay unreleased, and the messages are read again after the restart.
        }
    }

    /// <summary>Waits for the oldest answer; false when the record must be published again, which then still stands in front.</summary>
    private async Task<bool> ConfirmAsync(Queue<(OutboundRecord Record, Task<MqttClientPublishResult> Answer)> sent)
    {
        (OutboundRecord record, Task<MqttClientPublishResult> answer) = sent.Peek();
        if (!await IsDeliveredAsync(record, answer).ConfigureAwait(false))
            return false;
        sent.Dequeue();
        _backoff.Reset();
        return true;
    }

    /// <summary>After a failure: waits for what else is on its way, and puts what failed before everything that comes, in order.</summary>
    private async Task CollectAsync(Queue<(OutboundRecord Record, Task<MqttClientPublishResult> Answer)> sent, Queue<OutboundRecord> again)
    {
        var failed = new List<OutboundRecord> { sent.Dequeue().Record };
        while (sent.TryDequeue(out (OutboundRecord Record, Task<MqttClientPublishResult> Answer) next))
        {
            if (!await IsDeliveredAsync(next.Record, next.Answer).ConfigureAwait(false))
                failed.Add(next.Record);
        }

        failed.AddRange(again);
        again.Clear();
        failed.ForEach(again.Enqueue);
        await Task.Delay(_backoff.Next(), _clock, _queue.Stopped).ConfigureAwait(false);
    }

    private async Task<bool> IsDeliveredAsync(OutboundRecord record, Task<MqttClientPublishResult> answer)
    {
        try
        {
            MqttClientPublishResult result = await answer.WaitAsync(_queue.Stopped).ConfigureAwait(false);
            if (!result.IsSuccess)
            {
                _onError(MqttFault.Reason(result.ReasonCode));
                if (!MqttFault.IsPermanent(result.ReasonCode))
                    return Failed($"{result.ReasonCode} {result.ReasonString}");
                _log.SinkRejected(Name, _topic.For(record.Key), result.ReasonCode.ToString());
            }
        }
        catch (MqttProtocolViolationException error)
        {
            // The record itself does not fit into a packet.
            _onError("invalid_record");
            _log.SinkRejected(Name, _topic.For(record.Key), error.Message);
        }
        catch (Exception error) when (error is MqttCommunicationException or ObjectDisposedException or InvalidOperationException)
        {
            _onError("unreachable");
            return Failed(error.Message);
        }

        Finish(record);
        return true;
    }

    private async Task<MqttClientPublishResult> SendAsync(OutboundRecord record)
    {
        if (record.Payload.Length + HeaderBytes > Interlocked.Read(ref _maxPacketBytes))
            return new MqttClientPublishResult(null, MqttFault.TooLarge, null, []);
        bool modern = _options.ProtocolVersion == MqttProtocol.Version5;
        return await _link.Client.PublishAsync(
            MqttRecord.Message(record, _topic, _options.Qos, _options.Retain, modern), CancellationToken.None).ConfigureAwait(false);
    }

    private bool Failed(string reason)
    {
        _log.SinkHeld(Name, reason);
        return false;
    }
}
