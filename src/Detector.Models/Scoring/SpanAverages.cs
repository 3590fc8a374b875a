using System.Runtime.Intrinsics;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// The running mean of a vector over the longer time scale (exponential; a plain mean until as many rows were seen). Slots: rows seen since the start, then
/// F means.
/// </summary>
internal static class SpanAverages
{
    /// <summary>Time constant in rows where no longer one is asked for.</summary>
    public const int ShortRows = 4;

    /// <summary>Longest time constant in rows.</summary>
    public const int MostRows = 1024;

    private static readonly double[] s_gains = [.. Enumerable.Range(0, MostRows + 1).Select(rows => 1 - Math.Exp(-1.0 / rows))];

    public static int Slots(int features) => 1 + features;

    /// <summary>Weight of the newest of <paramref name="seen"/> rows in a running mean of a time constant.</summary>
    public static double Gain(int rows, double seen) => Math.Max(s_gains[rows], 1 / seen);

    /// <summary>Takes up a row.</summary>
    /// <param name="rows">Time constant in rows.</param>
    /// <param name="slots">Updated.</param>
    /// <param name="restarted">Whether what was seen before is of no account.</param>
    /// <param name="shares">2 × F: the first F values are given, the others written.</param>
    public static void Add(int rows, Span<double> slots, bool restarted, Span<float> shares)
    {
        int features = shares.Length / ScoreView.Spans;
        double seen = slots[0] = restarted ? 1 : slots[0] + 1;
        double gain = Gain(rows, seen);
        Span<double> means = slots[1..];
        int f = 0;
        for (; f + Lanes.Count <= features; f += Lanes.Count)
        {
            Vector512<double> mean = Lanes.Load(means, f);
            mean += (Lanes.Widen(shares, f) - mean) * gain;
            Lanes.Store(mean, means, f);
            Lanes.Narrow(mean, shares, features + f);
        }

        for (; f < features; f++)
            shares[features + f] = (float)(means[f] += gain * (shares[f] - means[f]));
    }
}
