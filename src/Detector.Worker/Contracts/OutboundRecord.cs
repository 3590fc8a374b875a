namespace Detector.Worker.Contracts;

/// <summary>One serialised record on its way to a sink.</summary>
/// <param name="Kind">What it is: <c>alert</c>, <c>score</c>, <c>threshold</c> or <c>dead_letter</c>.</param>
/// <param name="Key">Message key (the series), may be empty.</param>
/// <param name="Payload">Message body.</param>
/// <param name="Headers">Headers or user properties.</param>
/// <param name="Receipt">Released by the sink once the record is delivered.</param>
public readonly record struct OutboundRecord(
    string Kind, byte[] Key, byte[] Payload, IReadOnlyList<KeyValuePair<string, string>> Headers, Receipt Receipt);
