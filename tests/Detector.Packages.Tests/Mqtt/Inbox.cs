using System.Collections.Concurrent;
using MQTTnet;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>Keeps what a client receives.</summary>
internal sealed class Inbox
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<MqttApplicationMessageReceivedEventArgs> _messages = [];
    private readonly SemaphoreSlim _arrived = new(0);

    public Inbox(IMqttClient client, bool autoAcknowledge = true) => client.ApplicationMessageReceivedAsync += message =>
    {
        message.AutoAcknowledge = autoAcknowledge;
        _messages.Enqueue(message);
        _arrived.Release();
        return Task.CompletedTask;
    };

    public int Count => _messages.Count;

    public MqttApplicationMessageReceivedEventArgs[] All => [.. _messages];

    public string[] Texts => [.. _messages.Select(message => message.ApplicationMessage.ConvertPayloadToString() ?? "")];

    /// <summary>Waits for the next message that nobody has taken.</summary>
    public async Task<MqttApplicationMessageReceivedEventArgs> TakeAsync()
    {
        Assert.True(await _arrived.WaitAsync(s_timeout, TestContext.Current.CancellationToken), "No message came.");
        Assert.True(_messages.TryDequeue(out MqttApplicationMessageReceivedEventArgs? message));
        return message;
    }

    /// <summary>Waits until so many have come that nobody has taken.</summary>
    public Task HoldsAsync(int count) => Until.TrueAsync(() => _messages.Count >= count, () => $"{_messages.Count} of {count} messages came.");
}
