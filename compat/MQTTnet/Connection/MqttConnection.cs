using System.Threading.Channels;
using MQTTnet.Packets;

namespace MQTTnet.Connection;

/// <summary>One connection to a server, from its opening to its end, and what runs while it stands.</summary>
internal sealed class MqttConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _alive = new();

    private MqttConnection(Stream stream, MqttClientOptions options)
    {
        _stream = stream;
        Alive = _alive.Token;
        Receiver = new PacketReceiver(stream, options.ProtocolVersion);
        Sender = new PacketSender(stream, options.ProtocolVersion);
    }

    public PacketReceiver Receiver { get; }

    public PacketSender Sender { get; }

    public ReplyTable Replies { get; } = new();

    /// <summary>Messages that have come and wait for the handlers.</summary>
    public Channel<MqttPublishPacket> Messages { get; } =
        Channel.CreateUnbounded<MqttPublishPacket>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>Signalled when the connection ends.</summary>
    public CancellationToken Alive { get; }

    /// <summary>When a packet was last sent, as <see cref="Environment.TickCount64"/>.</summary>
    public long LastSent { get; set; } = Environment.TickCount64;

    /// <summary>The server's own words when it ended the connection.</summary>
    public MqttDisconnectPacket Farewell { get; set; }

    /// <summary>Receives packets, calls the handlers, keeps the connection alive.</summary>
    public Task[] Loops { get; set; } = [];

    public static async Task<MqttConnection> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken) =>
        new(await MqttTransport.OpenAsync(options, cancellationToken).ConfigureAwait(false), options);

    public void End()
    {
        _alive.Cancel();
        Messages.Writer.TryComplete();
        _stream.Dispose();
    }

    public void Dispose()
    {
        End();
        _alive.Dispose();
    }
}
