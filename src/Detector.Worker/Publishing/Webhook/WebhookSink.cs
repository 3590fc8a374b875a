using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing.Webhook;

/// <summary>
/// Posts records to a web address, signed, one after the other. A record is safe once it lies in the queue on disk, from where it is delivered, after
/// a restart too; what the address refuses for good is counted and left out.
/// </summary>
internal sealed class WebhookSink : ISink
{
    private const int Capacity = 10_000, MaxBatch = 256;
    private const string Target = "the webhook";
    private readonly ILogger _log;
    private readonly Action<string> _onError;
    private readonly TimeProvider _clock;
    private readonly HttpPost _post;
    private readonly WebhookSignature? _signature;
    private readonly WebhookQueue _queue;
    private readonly SinkQueue _records;
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Task _work;

    /// <param name="queue">File of the queue; null keeps it in memory.</param>
    /// <param name="onError">Told the reason of every failed delivery, one of <see cref="DeliveryFault.Reasons"/>.</param>
    /// <exception cref="IOException">The queue cannot be opened.</exception>
    public WebhookSink(string name, SinkOptions options, string? queue, ILogger log, Action<string> onError, TimeProvider? clock = null)
    {
        Name = name;
        _log = log;
        _onError = onError;
        _clock = clock ?? TimeProvider.System;
        _post = new HttpPost(new Uri(options.Server!), options.Timeout);
        _signature = options.Secret is { } secret ? new WebhookSignature(secret) : null;
        _queue = new WebhookQueue(queue);
        _records = new SinkQueue(Math.Max(1, Capacity - _queue.Count), _clock);
        _waiting.Release(1);
        _work = Task.WhenAll(Task.Run(StoreAsync, CancellationToken.None), Task.Run(DeliverAsync, CancellationToken.None));
    }

    public string Name { get; }

    public void Publish(in OutboundRecord record, CancellationToken stop) => _records.Add(record, stop);

    /// <summary>Waits for deliveries; what lies in the queue on disk counts as safe.</summary>
    public int Flush(TimeSpan timeout) => _records.Flush(timeout, () => _queue.Count);

    public void Dispose()
    {
        if (!_records.Stop())
            return;
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(5));
        _post.Dispose();
        _queue.Dispose();
    }

    private async Task StoreAsync()
    {
        try
        {
            while (await _records.Records.WaitToReadAsync(_records.Stopped).ConfigureAwait(false))
            {
                var records = new List<OutboundRecord>();
                while (records.Count < MaxBatch && _records.Records.TryRead(out OutboundRecord record))
                    records.Add(record);
                await StoreAsync(records).ConfigureAwait(false);
                foreach (OutboundRecord record in records)
                    _records.Finish(record);

                _waiting.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops: what is not stored keeps its receipts.
        }
    }

    private async Task StoreAsync(List<OutboundRecord> records)
    {
        var pause = new RetryPause();
        while (true)
        {
            try
            {
                _queue.Add([.. records.Select(record => (IdOf(record), WebhookHeaders.Of(record), Encoding.UTF8.GetString(record.Payload)))]);
                return;
            }
            catch (IOException error)
            {
                TimeSpan wait = pause.Next();
                _onError("io");
                _log.SinkRetries(Name, "its queue on disk", error.Message, wait.TotalSeconds);
                await Task.Delay(wait, _clock, _records.Stopped).ConfigureAwait(false);
            }
        }
    }

    private async Task DeliverAsync()
    {
        var pause = new RetryPause();
        try
        {
            while (true)
            {
                if (_queue.Peek() is not { } entry)
                {
                    await _waiting.WaitAsync(_records.Stopped).ConfigureAwait(false);
                    continue;
                }

                byte[] body = Encoding.UTF8.GetBytes(entry.Body);
                HttpFailure? failure = await _post.SendAsync(
                    body, [.. WebhookSignature.Headers(_signature, entry.Id, _clock.GetUtcNow(), body), .. entry.Headers], _records.Stopped).ConfigureAwait(false);
                if (failure is not null)
                    _onError(failure.Reason);
                if (failure is { IsPermanent: false })
                {
                    TimeSpan wait = pause.Next();
                    _log.SinkRetries(Name, Target, failure.Words, wait.TotalSeconds);
                    await Task.Delay(wait, _clock, _records.Stopped).ConfigureAwait(false);
                    continue;
                }

                if (failure is not null)
                    _log.SinkRejected(Name, Target, failure.Words);
                pause.Reset();
                _queue.Done();
                _records.MakeRoom();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops: what waits lies on disk.
        }
    }

    private static string IdOf(in OutboundRecord record)
    {
        foreach ((string name, string value) in record.Headers)
        {
            if (name == "ce_id")
                return WebhookHeaders.Safe(value);
        }

        return Guid.NewGuid().ToString("N");
    }
}
