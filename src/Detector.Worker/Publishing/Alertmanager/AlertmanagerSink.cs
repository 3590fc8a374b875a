using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing.Alertmanager;

/// <summary>
/// Tells a Prometheus Alertmanager (API v2) of alerts, and again while they fire, since Alertmanager takes silence for their end. A record is
/// delivered once Alertmanager has answered; what fails for a reason that may pass is tried again, in order.
/// </summary>
internal sealed class AlertmanagerSink : ISink, IAlertRepeater
{
    private const string Path = "/api/v2/alerts", Target = "Alertmanager";
    private const int Capacity = 1024, MaxBatch = 256;

    /// <summary>How often firing alerts are told again, and for how long they fire on when they are not; both as Prometheus has it.</summary>
    private static readonly TimeSpan s_resend = TimeSpan.FromMinutes(1), s_holds = TimeSpan.FromMinutes(4);
    private readonly ILogger _log;
    private readonly Action<string> _onError;
    private readonly TimeProvider _clock;
    private readonly HttpPost _post;
    private readonly FiringAlerts _firing = new(s_holds);
    private readonly SinkQueue _queue;

    /// <param name="onError">Told the reason of every failed delivery, one of <see cref="DeliveryFault.Reasons"/>.</param>
    public AlertmanagerSink(string name, SinkOptions options, ILogger log, Action<string> onError, TimeProvider? clock = null)
    {
        Name = name;
        _log = log;
        _onError = onError;
        _clock = clock ?? TimeProvider.System;
        _post = new HttpPost(new Uri(options.Server!.TrimEnd('/') + Path), options.Timeout);
        _queue = new SinkQueue(Capacity, _clock);
        _ = Task.Run(DeliverAsync, CancellationToken.None);
    }

    public string Name { get; }

    public void Publish(in OutboundRecord record, CancellationToken stop) => _queue.Add(record, stop);

    public void Resume(IReadOnlyList<Alert> open)
    {
        foreach (Alert alert in open)
            Publish(AlertWriter.Write(alert, Receipt.None), CancellationToken.None);
    }

    public int Flush(TimeSpan timeout) => _queue.Flush(timeout);

    public void Dispose()
    {
        if (_queue.Stop())
            _post.Dispose();
    }

    private async Task DeliverAsync()
    {
        CancellationToken stop = _queue.Stopped;
        try
        {
            Task<bool> more = _queue.Records.WaitToReadAsync(stop).AsTask();
            while (true)
            {
                Task due = await Task.WhenAny(more, Task.Delay(s_resend, _clock, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                if (due == more)
                {
                    await DeliverWaitingAsync(stop).ConfigureAwait(false);
                    more = _queue.Records.WaitToReadAsync(stop).AsTask();
                }
                else if (!_firing.IsEmpty && await _post.SendAsync(Bytes(_firing.Renewed(_clock.GetUtcNow())), [], stop).ConfigureAwait(false) is { } failure)
                {
                    // The next round tells them all again; they hold longer than that.
                    _onError(failure.Reason);
                    _log.SinkRetries(Name, Target, failure.Words, s_resend.TotalSeconds);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task DeliverWaitingAsync(CancellationToken stop)
    {
        var records = new List<OutboundRecord>();
        var alerts = new List<PostableAlert>();
        while (records.Count < MaxBatch && _queue.Records.TryRead(out OutboundRecord record))
        {
            records.Add(record);
            if (record.Kind == AlertWriter.Kind && AlertWriter.Read(record.Payload) is { } alert)
                alerts.AddRange(_firing.Take(alert, _clock.GetUtcNow()));
        }

        await TellAsync(alerts, stop).ConfigureAwait(false);
        foreach (OutboundRecord record in records)
        {
            _queue.Finish(record);
            _queue.MakeRoom();
        }
    }

    /// <summary>Tells until Alertmanager has answered. Alerts that it refuses together are told one by one, so that a bad one stands for itself only.</summary>
    private async Task TellAsync(List<PostableAlert> alerts, CancellationToken stop)
    {
        var pause = new RetryPause();
        while (alerts.Count > 0 && await _post.SendAsync(Bytes(alerts), [], stop).ConfigureAwait(false) is { } failure)
        {
            _onError(failure.Reason);
            if (!failure.IsPermanent)
            {
                TimeSpan wait = pause.Next();
                _log.SinkRetries(Name, Target, failure.Words, wait.TotalSeconds);
                await Task.Delay(wait, _clock, stop).ConfigureAwait(false);
                continue;
            }

            if (alerts.Count == 1)
            {
                _log.SinkRejected(Name, Target, failure.Words);
                return;
            }

            foreach (PostableAlert alert in alerts)
                await TellAsync([alert], stop).ConfigureAwait(false);
            return;
        }
    }

    private static byte[] Bytes(IReadOnlyList<PostableAlert> alerts) =>
        JsonSerializer.SerializeToUtf8Bytes(alerts, AlertmanagerJson.Default.IReadOnlyListPostableAlert);
}
