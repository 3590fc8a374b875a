namespace Detector.Worker.State;

/// <summary>The state of a partition belongs to another process now.</summary>
internal sealed class StateLostException(string message, Exception? inner = null) : Exception(message, inner);
