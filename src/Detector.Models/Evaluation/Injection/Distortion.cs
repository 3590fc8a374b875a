namespace Detector.Models.Evaluation.Injection;

/// <summary>Changes one feature over one event.</summary>
/// <param name="original">N × F rows as they were.</param>
/// <param name="values">N × F rows that are changed.</param>
/// <param name="features">F.</param>
/// <param name="spreads">(F) standard deviations.</param>
internal sealed class Distortion(double[] original, double[] values, int features, double[] spreads, Random random)
{
    /// <param name="size">s of <see cref="InjectedKind"/>.</param>
    /// <param name="leastChange">Standard deviations by which at least one value must change; else all stay as they were.</param>
    /// <returns>Whether the feature was changed.</returns>
    public bool Apply(InjectedKind kind, RowRange rows, int feature, double size, double leastChange)
    {
        double sign = random.Next(2) == 0 ? 1 : -1, step = size * spreads[feature];
        int source = ElsewhereOf(rows);
        double largest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows.First + i;
            double was = Value(row, feature);
            double value = kind switch
            {
                InjectedKind.Spike or InjectedKind.LevelShift => was + sign * step,
                InjectedKind.Drift => was + sign * step * (i + 1) / rows.Length,
                InjectedKind.Variance => was + step * Gaussian(),
                InjectedKind.Frequency => Within(rows, feature, (1 + size) * i),
                InjectedKind.CorrelationBreak => Value(source + i, feature),
                InjectedKind.Stuck => Value(rows.First, feature),
                InjectedKind.Dropout => i > 0 && random.Next(2) == 0 ? was : Math.Abs(was) > step ? 0 : was - step,
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of anomaly."),
            };
            values[(row * features) + feature] = double.IsNaN(was) ? was : value;
            largest = Math.Max(largest, Math.Abs(value - was)); // NaN, where one of both is missing, changes nothing
        }

        if (largest >= leastChange * spreads[feature])
            return true;
        for (int row = rows.First; row <= rows.Last; row++)
            values[(row * features) + feature] = Value(row, feature);
        return false;
    }

    private double Value(int row, int feature) => original[(row * features) + feature];

    /// <summary>First row of a stretch as long that shares no row with the event.</summary>
    private int ElsewhereOf(RowRange rows)
    {
        int before = Math.Max(0, rows.First - rows.Length + 1), behind = Math.Max(0, (original.Length / features) - rows.Last - rows.Length);
        int place = random.Next(Math.Max(1, before + behind));
        return place < before ? place : rows.Last + 1 + place - before;
    }

    /// <summary>The feature at a place between the first row of the event (0) and the last; beyond, it goes back and forth.</summary>
    private double Within(RowRange rows, int feature, double place)
    {
        int last = rows.Length - 1;
        double folded = last == 0 ? 0 : place % (2 * last);
        folded = folded > last ? 2 * last - folded : folded;
        int row = Math.Min((int)folded, Math.Max(0, last - 1));
        double low = Value(rows.First + row, feature), high = Value(rows.First + Math.Min(row + 1, last), feature);
        return low + (folded - row) * (high - low);
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
