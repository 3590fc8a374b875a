namespace Detector.Worker.Publishing;

/// <summary>Pauses between attempts that double from a tenth of a second to a minute, with jitter.</summary>
internal sealed class RetryPause
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);
    private int _failures;

    public void Reset() => _failures = 0;

    /// <summary>The pause after another failure.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = s_first * Math.Pow(2, Math.Min(_failures++, 12));
#pragma warning disable CA5394 // Jitter, not a secret.
        return (pause < s_longest ? pause : s_longest) * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
