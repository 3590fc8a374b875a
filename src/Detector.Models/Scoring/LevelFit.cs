namespace Detector.Models.Scoring;

/// <summary>What <see cref="LevelView"/> learns of a training range, F values each.</summary>
/// <param name="Level">Median of the feature, scaled units.</param>
/// <param name="Gain">How fast the baseline follows, per row; 0 = not at all.</param>
/// <param name="RowDeviation">Root mean square of value minus baseline.</param>
/// <param name="MeanDeviation">Root mean square of its running means, spans × F.</param>
internal sealed record LevelFit(float[] Level, float[] Gain, float[] RowDeviation, float[] MeanDeviation)
{
    private static readonly float[] s_gains = [0, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 0.9f];

    /// <summary>The slowest gain is taken whose one-step error is this near to the best one's: who follows noise sees no shift.</summary>
    private const double NearBest = 2;

    /// <summary>Rows behind a hole that tell where a feature is then, at most.</summary>
    private const int MostRowsBehind = 32;

    /// <param name="rows">N × F scaled rows in time order, NaN where missing.</param>
    /// <param name="segments">(N) the series each belongs to; those of one series together.</param>
    /// <param name="features">F.</param>
    /// <param name="holes">Holes in the rows, in order: the row behind each, and how many are missing there.</param>
    public static LevelFit Of(float[] rows, ReadOnlySpan<int> segments, int features, IReadOnlyList<(int Row, double Missing)>? holes = null)
    {
        holes ??= [];
        var fit = new LevelFit(new float[features], new float[features], new float[features], new float[ScoreView.Spans * features]);
        float[] values = new float[segments.Length];
        for (int f = 0; f < features; f++)
        {
            for (int n = 0; n < values.Length; n++)
                values[n] = rows[n * features + f];
            fit.Learn(f, values, segments, holes, Median(values));
        }

        return fit;
    }

    private void Learn(int feature, float[] values, ReadOnlySpan<int> segments, IReadOnlyList<(int, double)> holes, float level)
    {
        Span<double> errors = stackalloc double[s_gains.Length];
        for (int g = 0; g < errors.Length; g++)
            errors[g] = Follow(values, segments, holes, level, s_gains[g], default);
        double best = double.PositiveInfinity;
        foreach (double error in errors)
            best = Math.Min(best, error);
        int chosen = 0;
        while (errors[chosen] > NearBest * best)
            chosen++;

        Span<double> means = stackalloc double[ScoreView.Spans];
        double row = Follow(values, segments, holes, level, s_gains[chosen], means);
        int features = Level.Length;
        (Level[feature], Gain[feature]) = (level, s_gains[chosen]);
        RowDeviation[feature] = (float)Math.Max(ScoreView.LeastDeviation, Math.Sqrt(row));
        for (int s = 0; s < means.Length; s++)
            MeanDeviation[s * features + feature] = (float)Math.Max(ScoreView.LeastDeviation, Math.Sqrt(means[s]));
    }

    /// <summary>Mean squared error of a baseline that follows with a gain.</summary>
    /// <param name="means">Mean squares of the error's running means, written; empty if they are of no interest.</param>
    private static double Follow(
        float[] values, ReadOnlySpan<int> segments, IReadOnlyList<(int Row, double Missing)> holes, float level, float gain, Span<double> means)
    {
        double sum = 0, baseline = level;
        Span<double> running = stackalloc double[ScoreView.Spans];
        means.Clear();
        int count = 0, seen = 0, hole = 0;
        for (int n = 0; n < values.Length; n++)
        {
            if (hole < holes.Count && holes[hole].Row == n)
                baseline = Pass(baseline, gain, holes[hole++].Missing, values.AsSpan(n));
            bool starts = n == 0 || segments[n] != segments[n - 1];
            if (starts)
                (seen, baseline) = (0, level);
            if (float.IsNaN(values[n]))
                continue;
            if (seen++ == 0 && gain > 0)
                baseline = values[n];
            double error = values[n] - baseline;
            sum += error * error;
            count++;
            for (int s = 0; s < means.Length; s++)
            {
                running[s] = seen == 1 ? error : running[s] + LevelView.Gain(s, seen) * (error - running[s]);
                means[s] += running[s] * running[s];
            }

            baseline += gain * error;
        }

        for (int s = 0; s < means.Length; s++)
            means[s] /= Math.Max(1, count);
        return sum / Math.Max(1, count);
    }

    /// <summary>A baseline behind rows that nobody has seen: it has followed, as far as it does in so many, to where the feature is then.</summary>
    /// <param name="missing">How many rows.</param>
    /// <param name="behind">The rows behind them, NaN where missing; of these as many count as the baseline remembers.</param>
    public static double Pass(double baseline, float gain, double missing, ReadOnlySpan<float> behind)
    {
        double sum = 0;
        int count = 0;
        foreach (float value in behind[..(int)Math.Min(behind.Length, Math.Clamp(1 / gain, 1, MostRowsBehind))])
        {
            if (float.IsNaN(value))
                continue;
            sum += value;
            count++;
        }

        return count == 0 ? baseline : baseline + (1 - Math.Pow(1 - gain, missing)) * (sum / count - baseline);
    }

    private static float Median(float[] values)
    {
        float[] present = [.. values.Where(value => !float.IsNaN(value)).Order()];
        return present.Length == 0 ? 0 : present[present.Length / 2];
    }
}
