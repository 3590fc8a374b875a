namespace Detector.Worker.Mqtt;

/// <summary>Pauses between attempts: each twice as long as the one before, with jitter, so that not all clients of a broker come back at once.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);
    private int _failures;

    /// <summary>The pause after another failure; between half of it and all.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = s_first * Math.Pow(2, Math.Min(_failures++, 10));
#pragma warning disable CA5394 // Jitter, not a secret.
        return (pause < s_longest ? pause : s_longest) * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }

    public void Reset() => _failures = 0;
}
