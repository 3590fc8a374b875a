using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// The scale of a residual vector: each feature in units of its own standard deviation, which goes on being measured while scoring until it rests
/// on enough rows. The variance is the plain mean over all rows, those of training included; a row counts with at most two standard deviations, so
/// that a fault, however long, is hardly learned as normal. The mean stays that of training: what moves away from it is what is looked for.
/// </summary>
/// <param name="centre">Mean residual in training, F scaled values.</param>
/// <param name="variance">Its variance in training, F scaled values squared.</param>
/// <param name="rows">Rows these were measured on.</param>
/// <param name="settled">Rows on which a scale rests once and for all.</param>
internal sealed class AdaptiveScale(float[] centre, float[] variance, long rows, long settled)
{
    private const double Clip = 4; // variances a row counts with at most
    private const double HeldClip = 16; // the same for a held-out row, while the scale is measured
    private const double LeastVariance = ScoreView.LeastDeviation * ScoreView.LeastDeviation;

    public float[] Centre { get; } = centre;

    public float[] Variance { get; } = variance;

    public long Rows { get; } = rows;

    public long Settled { get; } = settled;

    /// <summary>Rows seen, then F variances.</summary>
    public int Slots => 1 + Centre.Length;

    /// <summary>
    /// Measures a scale. Of rows that were learned from, residuals are too small, the more so the fewer there were; so what the held-out rows show counts
    /// where it is more, as long as no row counts with more than four standard deviations.
    /// </summary>
    /// <param name="residuals">N × F, NaN where missing, N ≥ 1.</param>
    /// <param name="held">M × F, those of rows that nothing was learned from.</param>
    /// <param name="features">F.</param>
    /// <param name="settled">Rows on which a scale rests once and for all.</param>
    public static AdaptiveScale Fit(ReadOnlySpan<float> residuals, ReadOnlySpan<float> held, int features, long settled)
    {
        AdaptiveScale scale = Fit(residuals, features, settled);
        for (int f = 0; f < features; f++)
        {
            double most = HeldClip * scale.Variance[f], sum = 0;
            long count = 0;
            for (int i = f; i < held.Length; i += features)
            {
                double residual = held[i] - scale.Centre[f];
                if (double.IsNaN(residual))
                    continue;
                sum += Math.Min(residual * residual, most);
                count++;
            }

            scale.Variance[f] = (float)Math.Max(scale.Variance[f], sum / Math.Max(1, count));
        }

        return scale;
    }

    private static AdaptiveScale Fit(ReadOnlySpan<float> residuals, int features, long settled)
    {
        float[] centre = new float[features], variance = new float[features];
        for (int f = 0; f < features; f++)
        {
            double sum = 0, squares = 0;
            long count = 0;
            for (int i = f; i < residuals.Length; i += features)
            {
                if (float.IsNaN(residuals[i]))
                    continue;
                sum += residuals[i];
                squares += (double)residuals[i] * residuals[i];
                count++;
            }

            double mean = count == 0 ? 0 : sum / count;
            centre[f] = (float)mean;
            variance[f] = (float)Math.Max(LeastVariance, count == 0 ? 1 : squares / count - mean * mean);
        }

        return new AdaptiveScale(centre, variance, residuals.Length / features, settled);
    }

    public void Start(Span<double> slots)
    {
        slots[0] = Rows;
        for (int f = 0; f < Variance.Length; f++)
            slots[1 + f] = Variance[f];
    }

    /// <summary>Squares the standardised residual of a row, then learns from it.</summary>
    /// <param name="residual">F scaled values, NaN where missing.</param>
    /// <param name="slots">Updated.</param>
    /// <param name="shares">F, written: capped squares over the number of observed features, 0 where missing; they add up to the error.</param>
    public void Apply(ReadOnlySpan<float> residual, Span<double> slots, Span<float> shares)
    {
        Debug.Assert(residual.Length == Centre.Length && slots.Length == Slots && shares.Length == Centre.Length);
        double gain = slots[0] < Settled ? 1 / ++slots[0] : 0;
        Span<double> variances = slots[1..];
        int observed = 0, f = 0;
        for (; f + Lanes.Count <= residual.Length; f += Lanes.Count)
            observed += ApplyLanes(f, residual, gain, variances, shares);
        for (; f < residual.Length; f++)
        {
            double r = residual[f] - Centre[f];
            if (double.IsNaN(r))
            {
                shares[f] = 0;
                continue;
            }

            observed++;
            double square = r * r, known = variances[f];
            shares[f] = (float)Math.Min(square / known, ScoreView.Cap);
            variances[f] = Math.Max(LeastVariance, known + gain * (Math.Min(square, Clip * known) - known));
        }

        Lanes.Divide(shares, Math.Max(1, observed));
    }

    /// <summary>Eight features from <paramref name="f"/> on, each as the others; how many of them are there.</summary>
    private int ApplyLanes(int f, ReadOnlySpan<float> residual, double gain, Span<double> variances, Span<float> shares)
    {
        Vector512<double> r = Lanes.Widen(residual, f) - Lanes.Widen(Centre, f), known = Lanes.Load(variances, f);
        Vector512<double> isThere = Vector512.Equals(r, r), square = r * r;
        Vector512<double> share = Vector512.Min(square / known, Vector512.Create((double)ScoreView.Cap));
        Vector512<double> learned = Vector512.Max(Vector512.Create(LeastVariance), known + (Vector512.Min(square, known * Clip) - known) * gain);
        Lanes.Narrow(share & isThere, shares, f);
        Lanes.Store(Vector512.ConditionalSelect(isThere, learned, known), variances, f);
        return BitOperations.PopCount(isThere.ExtractMostSignificantBits());
    }
}
