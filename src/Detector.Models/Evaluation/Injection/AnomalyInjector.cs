namespace Detector.Models.Evaluation.Injection;

/// <summary>
/// Puts made-up anomalies into normal rows, so that models can be compared where nobody has labelled anything. The events depend on the rows, the
/// kind and the seed alone, never on a model: all are judged on the same.
/// </summary>
public sealed class AnomalyInjector(InjectionOptions options)
{
    /// <summary>An event that changes no value by so many standard deviations is none: the feature stood still anyway.</summary>
    private const double LeastChange = 0.25;

    /// <summary>The kinds that make sense for so many features: one alone has no correlation to break.</summary>
    public static IReadOnlyList<InjectedKind> Kinds(int features) =>
        [.. Enum.GetValues<InjectedKind>().Where(kind => features > 1 || kind != InjectedKind.CorrelationBreak)];

    /// <param name="rows">N × F raw values of normal operation, NaN where missing.</param>
    /// <param name="features">F.</param>
    /// <param name="scored">(N) rows that are scored: an event lies on such rows only, and so in no hole of the rows; empty = all are.</param>
    /// <returns>A copy of the rows with events of the kind; without any where none fits or none would change anything.</returns>
    public InjectedSeries Inject(ReadOnlySpan<double> rows, int features, InjectedKind kind, ReadOnlySpan<bool> scored = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        double[] values = rows.ToArray();
        int count = values.Length / features;
        double[] spreads = [.. Enumerable.Range(0, features).Select(feature => Spread(values, features, feature))];
        int[] moving = [.. Enumerable.Range(0, features).Where(feature => spreads[feature] > 0)];
        bool[] labels = new bool[count];
        var events = new List<InjectedEvent>();
        var random = new Random(unchecked((options.Seed * 1_000_003) + (int)kind));
        var distortion = new Distortion(rows.ToArray(), values, features, spreads, random);
        for (int at = options.NormalRows; moving.Length > 0;)
        {
            int length = kind == InjectedKind.Spike ? random.Next(1, 4) : (int)Math.Round(Between(random, options.LeastRows, options.MostRows));
            int first = at + random.Next(1 + options.NormalRows / 2);
            var range = new RowRange(first, first + length - 1);
            if (range.Last + options.NormalRows >= count)
                break;
            if (!scored.IsEmpty && scored.Slice(first, length).LastIndexOf(false) is >= 0 and int unscored)
            {
                at = first + unscored + 1;
                continue;
            }

            at = range.Last + 1 + options.NormalRows;
            double size = Between(random, options.LeastSize, options.MostSize);
            int[] chosen = Choose(moving, features, random);
            int[] changed = [.. chosen.Where(feature => distortion.Apply(kind, range, feature, size, LeastChange))];
            if (changed.Length == 0)
                continue;
            labels.AsSpan(range.First, range.Length).Fill(true);
            events.Add(new InjectedEvent(kind, range, changed, size));
        }

        return new InjectedSeries(values, labels, events);
    }

    private int[] Choose(int[] moving, int features, Random random)
    {
        int most = Math.Clamp((int)(options.MostFeatures * features), 1, moving.Length);
        int[] shuffled = [.. moving];
        random.Shuffle(shuffled);
        return [.. shuffled.Take(random.Next(1, most + 1)).Order()];
    }

    /// <summary>Standard deviation of a feature; 0 where it never moves or was never measured.</summary>
    private static double Spread(double[] values, int features, int feature)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = feature; i < values.Length; i += features)
        {
            if (!double.IsFinite(values[i]))
                continue;
            double step = values[i] - sum / Math.Max(1, count); // Welford, "Note on a method for calculating corrected sums of squares", 1962
            sum += values[i];
            count++;
            squares += step * (values[i] - sum / count);
        }

        return count < 2 || squares <= 1e-24 * sum * sum / count ? 0 : Math.Sqrt(squares / count);
    }

    private static double Between(Random random, double least, double most) => least * Math.Pow(most / least, random.NextDouble());
}
