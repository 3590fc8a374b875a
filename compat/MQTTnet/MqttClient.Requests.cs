using MQTTnet.Connection;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

// What goes to the server and is answered.
public sealed partial class MqttClient
{
    private static readonly TimeSpan s_keepAliveStep = TimeSpan.FromMilliseconds(250);

    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await RequestInTimeAsync(Connected(), MqttPingPacket.Request, MqttControlPacketType.PingResp, cancellationToken).ConfigureAwait(false);
    }

    public async Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (MqttTopicFilter filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter.Topic);
        MqttConnection connection = Connected();
        if (Options.ValidateFeatures)
            FeatureCheck.ThrowIfNotSupported(options, Options.ProtocolVersion);
        var packet = new MqttSubscribePacket(options) { PacketIdentifier = NextPacketIdentifier() };
        var answer = (MqttSubscribeAckPacket)await RequestInTimeAsync(connection, packet, MqttControlPacketType.SubAck, cancellationToken).ConfigureAwait(false);
        if (answer.ReasonCodes.Length != options.TopicFilters.Count)
            throw new MqttProtocolViolationException("The reason codes are not matching the topic filters [MQTT-3.9.3-1].");
        MqttClientSubscribeResultItem[] items =
            [.. options.TopicFilters.Zip(answer.ReasonCodes, (filter, code) => new MqttClientSubscribeResultItem(filter, (MqttClientSubscribeResultCode)code))];
        return new MqttClientSubscribeResult(answer.PacketIdentifier, items, answer.ReasonString, answer.UserProperties ?? []);
    }

    public async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (string filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter);
        var packet = new MqttUnsubscribePacket(options) { PacketIdentifier = NextPacketIdentifier() };
        var answer = (MqttSubscribeAckPacket)await RequestInTimeAsync(Connected(), packet, MqttControlPacketType.UnsubAck, cancellationToken).ConfigureAwait(false);
        byte[] codes = answer.ReasonCodes ?? new byte[options.TopicFilters.Count];
        if (codes.Length != options.TopicFilters.Count)
            throw new MqttProtocolViolationException("The return codes are not matching the topic filters [MQTT-3.9.3-1].");
        MqttClientUnsubscribeResultItem[] items =
            [.. options.TopicFilters.Zip(codes, (filter, code) => new MqttClientUnsubscribeResultItem(filter, (MqttClientUnsubscribeResultCode)code))];
        return new MqttClientUnsubscribeResult(answer.PacketIdentifier, items, answer.ReasonString, answer.UserProperties ?? []);
    }

    private async Task<MqttPacket> RequestInTimeAsync(
        MqttConnection connection, MqttPacket packet, MqttControlPacketType answer, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            return await RequestAsync(connection, packet, answer, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(Options.Timeout);
        return await RequestAsync(connection, packet, answer, timeout.Token).ConfigureAwait(false);
    }

    private static async Task<MqttPacket> RequestAsync(
        MqttConnection connection, MqttPacket packet, MqttControlPacketType answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<MqttPacket> reply = connection.Replies.Expect(answer, packet.PacketIdentifier);
        try
        {
            await SendAsync(connection, packet).ConfigureAwait(false);
        }
        catch
        {
            connection.Replies.Forget(answer, packet.PacketIdentifier);
            throw;
        }

        return await connection.Replies.WaitAsync(reply, answer, packet.PacketIdentifier, cancellationToken).ConfigureAwait(false);
    }

    private static Task SendAsync(MqttConnection connection, MqttPacket packet)
    {
        connection.LastSent = Environment.TickCount64;
        return connection.Sender.SendAsync(packet);
    }

    /// <summary>1 to 65,535, over and over.</summary>
    private ushort NextPacketIdentifier() => (ushort)(((uint)Interlocked.Increment(ref _packetIdentifier) - 1) % ushort.MaxValue + 1);

    /// <summary>Asks the server for a sign of life when nothing has been sent for long; without one in half that time the connection is over.</summary>
    private async Task KeepAliveAsync(MqttConnection connection)
    {
        TimeSpan period = Options.KeepAlivePeriod;
        if (period == TimeSpan.Zero)
            return;
        try
        {
            while (true)
            {
                if (Environment.TickCount64 - connection.LastSent > period.TotalMilliseconds)
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.Alive);
                    limit.CancelAfter(period / 2);
                    await RequestAsync(connection, MqttPingPacket.Request, MqttControlPacketType.PingResp, limit.Token).ConfigureAwait(false);
                }

                await Task.Delay(s_keepAliveStep, connection.Alive).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            if (!connection.Alive.IsCancellationRequested)
                await EndAsync(connection, connection.Loops[2], error).ConfigureAwait(false);
        }
    }
}
