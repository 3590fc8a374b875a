using System.Diagnostics;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks;

/// <summary>Notes how old each message is when its verdict is there, in steps of 10 µs; allocates nothing on the way.</summary>
internal sealed class LatencyLog(IVerdictReceiver next) : IVerdictReceiver
{
    private const int Steps = 100_000;
    private static readonly long s_step = Stopwatch.Frequency / 100_000;
    private readonly int[] _counts = new int[Steps];

    public void Clear() => Array.Clear(_counts);

    /// <summary>Milliseconds that a share of the messages took at most.</summary>
    public double Quantile(double quantile)
    {
        long left = (long)(_counts.Sum(count => (long)count) * quantile);
        int step = 0;
        while (step < Steps - 1 && (left -= _counts[step]) >= 0)
            step++;
        return (step + 1) / 100.0;
    }

    public void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        next.OnVerdict(series, ticks, verdict, receipt, arrival);
        _counts[Math.Min(Steps - 1, (Stopwatch.GetTimestamp() - arrival) / s_step)]++;
    }

    public void OnAlert(SeriesState series, Alert alert, Receipt receipt) => next.OnAlert(series, alert, receipt);

    public void OnSuppressed(SeriesState series, SuppressionReason reason, Receipt receipt) => next.OnSuppressed(series, reason, receipt);
}
