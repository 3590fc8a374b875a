namespace Detector.Worker.Publishing.Webhook;

/// <summary>A line of the queue's journal: an entry, or the number of the last one that is done.</summary>
internal sealed record WebhookLine(WebhookEntry? Add, long? Done);
