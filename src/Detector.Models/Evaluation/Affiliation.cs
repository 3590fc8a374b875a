namespace Detector.Models.Evaluation;

/// <summary>
/// Affiliation precision and recall (Huet et al., "Local Evaluation of Time Series Anomaly Detection Algorithms", KDD 2022): each event owns the
/// rows nearer to it than to any other; there, distances between event and detections are turned into the probability that a detection thrown at
/// random would be further away. Random detections get about one half, detections opposite to the events less.
/// </summary>
/// <param name="PrecisionSum">Sum of the precision over the zones with a detection.</param>
/// <param name="Detected">Zones with a detection.</param>
/// <param name="RecallSum">Sum of the recall over all zones.</param>
/// <param name="Zones">Zones, one for each event.</param>
public readonly record struct Affiliation(double PrecisionSum, int Detected, double RecallSum, int Zones)
{
    /// <summary>Mean over the zones with a detection; NaN without any.</summary>
    public double Precision => PrecisionSum / Detected;

    /// <summary>Mean over all zones; NaN without events.</summary>
    public double Recall => RecallSum / Zones;

    /// <summary>Harmonic mean; 0 when nothing was detected, NaN without events.</summary>
    public double F1 => Detected == 0 ? 0 * Recall : 2 * Precision * Recall / (Precision + Recall);

    /// <param name="verdicts">(N) rows called anomalous; row i stands for the time from i to i + 1.</param>
    /// <param name="labels">(N) rows that are.</param>
    /// <exception cref="ArgumentException">Lengths that differ.</exception>
    public static Affiliation Of(ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels)
    {
        if (verdicts.Length != labels.Length)
            throw new ArgumentException($"There are {verdicts.Length} verdicts and {labels.Length} labels; each row needs one of both.", nameof(labels));
        Interval[] events = [.. RowRange.Of(labels).Select(Interval.Of)];
        Interval[] detections = [.. RowRange.Of(verdicts).Select(Interval.Of)];
        var sum = new Affiliation(0, 0, 0, events.Length);
        for (int e = 0, next = 0; e < events.Length; e++)
        {
            double start = e == 0 ? 0 : (events[e - 1].End + events[e].Start) / 2;
            double end = e + 1 == events.Length ? labels.Length : (events[e].End + events[e + 1].Start) / 2;
            while (next < detections.Length && detections[next].End <= start)
                next++;
            var inside = new List<Interval>();
            for (int d = next; d < detections.Length && detections[d].Start < end; d++)
                inside.Add(detections[d].Within(start, end));
            if (inside.Count == 0)
                continue;
            var zone = new AffiliationZone(new Interval(start, end), events[e]);
            sum = sum with { PrecisionSum = sum.PrecisionSum + zone.Precision(inside), Detected = sum.Detected + 1, RecallSum = sum.RecallSum + zone.Recall(inside) };
        }

        return sum;
    }

    /// <summary>Both together: zones of several series pooled.</summary>
    public Affiliation Add(Affiliation other) => new(
        PrecisionSum + other.PrecisionSum, Detected + other.Detected, RecallSum + other.RecallSum, Zones + other.Zones);
}
