namespace Detector.Models.Tests.Evaluation;

/// <summary>Affiliation by its definition, with times as many small steps instead of integrals.</summary>
internal static class SlowAffiliation
{
    private const int Steps = 40; // for each row

    public static (double Precision, double Recall) Of(bool[] verdicts, bool[] labels)
    {
        (double Start, double End)[] events = [.. Runs(labels)];
        var precisions = new List<double>();
        var recalls = new List<double>();
        double[] times = [.. Enumerable.Range(0, labels.Length * Steps).Select(i => (i + 0.5) / Steps)];
        for (int e = 0; e < events.Length; e++)
        {
            double from = e == 0 ? 0 : (events[e - 1].End + events[e].Start) / 2;
            double to = e == events.Length - 1 ? labels.Length : (events[e].End + events[e + 1].Start) / 2;
            double[] zone = [.. times.Where(time => time > from && time < to)];
            double[] truth = [.. zone.Where(time => labels[(int)time])];
            double[] detected = [.. zone.Where(time => verdicts[(int)time])];
            recalls.Add(detected.Length == 0 ? 0 : truth.Average(time => Further(zone, other => Math.Abs(other - time), detected.Min(other => Math.Abs(other - time)))));
            if (detected.Length > 0)
                precisions.Add(detected.Average(time => Further(zone, other => Distance(events[e], other), Distance(events[e], time))));
        }

        return (precisions.Count == 0 ? double.NaN : precisions.Average(), recalls.Average());
    }

    /// <summary>Probability that a random time of the zone is at least so far away; a step is as wide as a time is exact.</summary>
    private static double Further(double[] zone, Func<double, double> distance, double limit) =>
        limit < 0.5 / Steps ? 1 : zone.Average(time => distance(time) >= limit ? 1.0 : 0.0);

    private static double Distance((double Start, double End) truth, double time) => Math.Max(0, Math.Max(truth.Start - time, time - truth.End));

    private static IEnumerable<(double Start, double End)> Runs(bool[] marks)
    {
        for (int i = 0; i < marks.Length; i++)
        {
            int first = i;
            while (i < marks.Length && marks[i])
                i++;
            if (i > first)
                yield return (first, i);
        }
    }
}
