using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The alerts as they stand on the topic, read back as any client would.</summary>
internal sealed class AlertLog : IMessageSink
{
    private readonly Lock _lock = new();
    private readonly List<Alert> _alerts = [];

    /// <summary>Every alert message so far, in order.</summary>
    public IReadOnlyList<Alert> All
    {
        get
        {
            lock (_lock)
                return [.. _alerts];
        }
    }

    public bool TryAccept(in RawMessage message)
    {
        try
        {
            if (AlertWriter.Read(message.Payload.Span) is { } alert)
            {
                lock (_lock)
                    _alerts.Add(alert);
            }
        }
        catch (JsonException)
        {
            // The broker is open to everyone on this machine; what others put on the topic is no alert.
        }

        message.Receipt.Release();
        return true;
    }

    public void Idle()
    {
    }
}
