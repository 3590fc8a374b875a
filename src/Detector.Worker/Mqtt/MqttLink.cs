using System.Net;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Detector.Worker.Mqtt;

/// <summary>
/// Keeps a client connected: connects, prepares the connection, waits for its end, and begins anew after a pause that doubles. Each attempt is an
/// epoch with a number of its own.
/// </summary>
/// <param name="name">Who it is for, as in <c>Source cells</c>.</param>
/// <param name="prepare">Called on each connection before it counts as up; what it throws ends the connection.</param>
internal sealed class MqttLink(
    string name, MqttClientOptions options, ILogger log, TimeProvider clock, Func<MqttClientConnectResult, CancellationToken, Task> prepare, string? statusTopic = null)
    : IDisposable
{
    /// <summary>A connection that holds for as long was a good one.</summary>
    private static readonly TimeSpan s_good = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _ended = new(0);
    private readonly Backoff _backoff = new();
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;
    private MqttClientDisconnectedEventArgs? _end;
    private volatile bool _isUp;
    private int _epoch;

    public IMqttClient Client { get; } = new MqttClientFactory().CreateMqttClient();

    /// <summary>Number of the newest attempt; it changes before anything of a new connection arrives.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    public bool IsUp => _isUp;

    private string Server => ((MqttClientTcpOptions)options.ChannelOptions).RemoteEndpoint is DnsEndPoint server ? $"{server.Host}:{server.Port}" : "";

    public void Start()
    {
        Client.DisconnectedAsync += end =>
        {
            _end = end;
            if (end.ClientWasConnected)
                _ended.Release();
            return Task.CompletedTask;
        };
        _keeping = Task.Run(KeepAsync, CancellationToken.None);
    }

    /// <summary>Waits until the connection is up.</summary>
    public Task WaitUpAsync(CancellationToken stop) => Volatile.Read(ref _up).Task.WaitAsync(stop);

    /// <summary>Says goodbye, which keeps the last will back, and ends.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
#pragma warning disable RS0030 // Disposal is synchronous, and the goodbye has a bound in time.
        Task.Run(GoodbyeAsync, CancellationToken.None).Wait(s_goodbye * 2);
#pragma warning restore RS0030
        Client.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            long started = clock.GetTimestamp();
            string? reason = null;
            try
            {
                await ConnectAsync().ConfigureAwait(false);
                started = clock.GetTimestamp();
                while (Client.IsConnected)
                    await _ended.WaitAsync(s_look, _stop.Token).ConfigureAwait(false);
                log.MqttLost(name, Server, Reason(_end));
                if (clock.GetElapsedTime(started) >= s_good)
                    _backoff.Reset();
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException or InvalidOperationException
                or MqttRefusedException)
            {
                reason = error.Message.TrimEnd('.');
            }

            await AgainAsync(reason).ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync()
    {
        Interlocked.Increment(ref _epoch);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(options.Timeout);
        MqttClientConnectResult answer = await Client.ConnectAsync(options, limit.Token).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttRefusedException($"the broker refuses the connection ({answer.ResultCode}{(answer.ReasonString is { } why ? ": " + why : "")})");
        await prepare(answer, limit.Token).ConfigureAwait(false);
        if (statusTopic is not null)
            await SayAsync("online", limit.Token).ConfigureAwait(false);
        log.MqttConnected(name, Server, options.ClientId, answer.IsSessionPresent);
        _isUp = true;
        _up.TrySetResult();
    }

    private async Task AgainAsync(string? reason)
    {
        _isUp = false;
        if (_up.Task.IsCompleted)
            Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (Client.IsConnected)
                await Client.DisconnectAsync(cancellationToken: _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
        {
            // It is over either way.
        }

        TimeSpan pause = _backoff.Next();
        if (reason is not null)
            log.MqttUnreachable(name, Server, pause.TotalSeconds, reason);
        await Task.Delay(pause, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task GoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(s_goodbye);
        try
        {
            await _keeping.WaitAsync(limit.Token).ConfigureAwait(false);
            if (statusTopic is not null && Client.IsConnected)
                await SayAsync("offline", limit.Token).ConfigureAwait(false);
            await Client.DisconnectAsync(cancellationToken: limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException)
        {
            // The broker is away, or does not answer: it will notice.
        }
    }

    private Task<MqttClientPublishResult> SayAsync(string status, CancellationToken stop) =>
        Client.PublishStringAsync(statusTopic, status, MqttQualityOfServiceLevel.AtLeastOnce, retain: true, stop);

    private static string Reason(MqttClientDisconnectedEventArgs? end) => end switch
    {
        null => "closed",
        { Exception: { } error } => error.Message.TrimEnd('.'),
        { ReasonString: { } words } => $"{end.Reason}: {words}",
        _ => end.Reason == MqttClientDisconnectReason.NormalDisconnection ? "closed by the broker" : end.Reason.ToString(),
    };
}
