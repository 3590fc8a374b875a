using System.Text.Json;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>Feedback that comes by a topic: <c>{"id":"…","verdict":"no_anomaly"}</c>, optionally with <c>"by"</c>. On the thread of its source.</summary>
/// <param name="refused">Told why a message was of no use.</param>
internal sealed class FeedbackMessages(FeedbackDesk desk, Action<string> refused) : IMessageSink
{
    private const int MaxBytes = 4096;

    public bool TryAccept(in RawMessage message)
    {
        if (Refusal(message.Payload.Span) is { } reason)
            refused(reason);
        message.Receipt.Release();
        return true;
    }

    public void Idle()
    {
    }

    public void Exhausted()
    {
    }

    public void Lost(DropReason reason, int messages) => refused($"{messages} messages were lost: {reason.Label()}.");

    private string? Refusal(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxBytes)
            return $"A feedback message is {payload.Length} bytes long; {MaxBytes} are the most.";
        try
        {
            return JsonSerializer.Deserialize(payload, RecordJson.Plain.FeedbackMessage) is { Id.Length: > 0 } feedback
                ? desk.Mark(feedback.Id, feedback.Verdict, feedback.By ?? "topic")
                : "A feedback message names no alert.";
        }
        catch (JsonException error)
        {
            return $"A feedback message cannot be read: {error.Message}";
        }
        catch (IOException error)
        {
            return $"Feedback could not be written: {error.Message}";
        }
    }
}
