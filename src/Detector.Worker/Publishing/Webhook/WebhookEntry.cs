namespace Detector.Worker.Publishing.Webhook;

/// <summary>A record in the queue of a webhook.</summary>
/// <param name="Number">Its place in the queue's whole life.</param>
/// <param name="Id">Id of the message, the same at every attempt.</param>
/// <param name="Headers">Further headers, in printable ASCII.</param>
/// <param name="Body">JSON.</param>
internal sealed record WebhookEntry(long Number, string Id, IReadOnlyDictionary<string, string> Headers, string Body);
