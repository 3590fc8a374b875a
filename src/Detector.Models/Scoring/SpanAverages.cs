namespace Detector.Models.Scoring;

/// <summary>
/// Running means of a vector over time scales of 0, 4 and 16 rows (exponential, of time constant τ). Until τ rows were seen they are plain means.
/// Slots: rows seen since the start, then F means for each of the two longer scales.
/// </summary>
internal static class SpanAverages
{
    private static readonly double[] s_gains = [1 - Math.Exp(-1 / 4.0), 1 - Math.Exp(-1 / 16.0)];

    public static int Slots(int features) => 1 + s_gains.Length * features;

    /// <summary>Takes up a row.</summary>
    /// <param name="slots">Updated.</param>
    /// <param name="restarted">Whether what was seen before is of no account.</param>
    /// <param name="shares">Spans × F: the first F values are given, the others written.</param>
    public static void Add(Span<double> slots, bool restarted, Span<float> shares)
    {
        int features = shares.Length / ScoreView.Spans;
        ReadOnlySpan<float> row = shares[..features];
        double seen = slots[0] = restarted ? 1 : slots[0] + 1;
        for (int s = 0; s < s_gains.Length; s++)
        {
            double gain = Math.Max(s_gains[s], 1 / seen);
            Span<double> means = slots.Slice(1 + s * features, features);
            Span<float> share = shares.Slice((s + 1) * features, features);
            for (int f = 0; f < features; f++)
                share[f] = (float)(means[f] += gain * (row[f] - means[f]));
        }
    }
}
