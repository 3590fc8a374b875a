namespace Detector.Worker.Contracts;

/// <summary>A record of saved state that becomes visible with the transaction it belongs to.</summary>
/// <param name="Topic">The topic that keeps state.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Key">Message key.</param>
/// <param name="Value">Null for what is no longer kept.</param>
public readonly record struct StateOutput(string Topic, int Partition, byte[] Key, byte[]? Value);
