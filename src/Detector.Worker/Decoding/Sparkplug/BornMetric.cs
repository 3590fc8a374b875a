namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>A metric as its birth certificate declares it.</summary>
internal sealed record BornMetric(byte[] Name, MetricType Type);
