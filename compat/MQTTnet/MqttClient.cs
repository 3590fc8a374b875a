using MQTTnet.Adapter;
using MQTTnet.Connection;
using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The client: its state, and how it connects.</summary>
public sealed partial class MqttClient : IMqttClient
{
    private readonly AsyncEvent<MqttApplicationMessageReceivedEventArgs> _received = new();
    private readonly AsyncEvent<MqttClientConnectedEventArgs> _connected = new();
    private readonly AsyncEvent<MqttClientConnectingEventArgs> _connecting = new();
    private readonly AsyncEvent<MqttClientDisconnectedEventArgs> _disconnected = new();
    private volatile MqttConnection _connection;
    private int _status = (int)MqttClientStatus.Disconnected;
    private int _packetIdentifier;
    private bool _disposed;

    internal MqttClient()
    {
    }

    public event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync
    {
        add => _received.Add(value);
        remove => _received.Remove(value);
    }

    public event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync
    {
        add => _connected.Add(value);
        remove => _connected.Remove(value);
    }

    public event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync
    {
        add => _connecting.Add(value);
        remove => _connecting.Remove(value);
    }

    public event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync
    {
        add => _disconnected.Add(value);
        remove => _disconnected.Remove(value);
    }

    public bool IsConnected => (MqttClientStatus)Volatile.Read(ref _status) == MqttClientStatus.Connected;

    public MqttClientOptions Options { get; private set; }

    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ChannelOptions is null)
            throw new ArgumentException("ChannelOptions are not set.");
        if (options.ValidateFeatures)
            FeatureCheck.ThrowIfNotSupported(options);
        if (IsConnected)
            throw new InvalidOperationException("It is not allowed to connect with a server after the connection is established.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!TryChange(MqttClientStatus.Disconnected, MqttClientStatus.Connecting))
            throw new InvalidOperationException("Not allowed to connect while connect/disconnect is pending.");

        Options = options;
        try
        {
            await _connecting.InvokeAsync(new MqttClientConnectingEventArgs(options)).ConfigureAwait(false);
            using var timeout = new CancellationTokenSource();
            if (!cancellationToken.CanBeCanceled)
                timeout.CancelAfter(options.Timeout);
            CancellationToken limit = cancellationToken.CanBeCanceled ? cancellationToken : timeout.Token;
            MqttConnection connection = await OpenAsync(options, limit).ConfigureAwait(false);
            _connection = connection;
            _packetIdentifier = 0;
            MqttClientConnectResult result = await AuthenticateAsync(connection, options, limit).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                await EndAsync(connection, null, null, result).ConfigureAwait(false);
                return result;
            }

            StartLoops(connection);
            TryChange(MqttClientStatus.Connecting, MqttClientStatus.Connected);
            await _connected.InvokeAsync(new MqttClientConnectedEventArgs(result)).ConfigureAwait(false);
            return result;
        }
        catch (Exception error)
        {
            await EndAsync(_connection, null, error).ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _connection?.Replies.Close(new ObjectDisposedException(nameof(MqttClient)));
        _connection?.Dispose();
    }

    private static async Task<MqttConnection> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await MqttConnection.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw Failure.Of(error);
        }
    }

    private static async Task<MqttClientConnectResult> AuthenticateAsync(
        MqttConnection connection, MqttClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Sender.SendAsync(new MqttConnectPacket(options)).WaitAsync(cancellationToken).ConfigureAwait(false);
            return await connection.Receiver.ReceiveAsync(cancellationToken).ConfigureAwait(false) switch
            {
                MqttConnAckPacket answer => answer.Result,
                null => throw new MqttCommunicationException("Connection closed."),
                { } other => throw new MqttProtocolViolationException($"Received other packet than CONNACK or AUTH while connecting ({other.Type})."),
            };
        }
        catch (Exception error)
        {
            throw new MqttConnectingFailedException($"Error while authenticating. {Failure.Of(error).Message}", error);
        }
    }

    private void StartLoops(MqttConnection connection)
    {
        var receiving = new Task<Task>(() => ReceiveAsync(connection));
        var handling = new Task<Task>(() => HandleMessagesAsync(connection));
        var keepingAlive = new Task<Task>(() => KeepAliveAsync(connection));
        connection.Loops = [receiving.Unwrap(), handling.Unwrap(), keepingAlive.Unwrap()];
        foreach (Task<Task> loop in (Task<Task>[])[receiving, handling, keepingAlive])
            loop.Start(TaskScheduler.Default);
    }

    private bool TryChange(MqttClientStatus from, MqttClientStatus to) =>
        Interlocked.CompareExchange(ref _status, (int)to, (int)from) == (int)from;

    private MqttConnection Connected()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        MqttConnection connection = _connection;
        return IsConnected && connection is not null ? connection : throw new MqttClientNotConnectedException();
    }
}
