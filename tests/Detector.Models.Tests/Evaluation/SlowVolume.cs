namespace Detector.Models.Tests.Evaluation;

/// <summary>VUS by its definition: for each width and threshold one pass over all rows, no work shared.</summary>
internal static class SlowVolume
{
    public static (double Roc, double Pr) Of(double[] scores, bool[] labels, int bufferWidth)
    {
        double roc = 0, pr = 0;
        for (int width = 0; width <= bufferWidth; width++)
        {
            (double area, double precision) = OneWidth(scores, labels, width);
            roc += area / (bufferWidth + 1);
            pr += precision / (bufferWidth + 1);
        }

        return (roc, pr);
    }

    private static (double Roc, double Pr) OneWidth(double[] scores, bool[] labels, int width)
    {
        int rows = scores.Length;
        double[] descending = [.. scores.OrderDescending()];
        double[] weights = Weights(labels, width);
        List<HashSet<int>> zones = Zones(labels, width / 2);
        double roc = 0, pr = 0, recallBefore = 0, falseBefore = 0;
        for (int k = 0; k < 250; k++)
        {
            double threshold = descending[k == 249 ? rows - 1 : (int)(k * ((rows - 1) / 249.0))];
            int[] called = [.. Enumerable.Range(0, rows).Where(i => scores[i] >= threshold)];
            double hit = called.Sum(i => weights[i]);
            double ramps = called.Where(i => !labels[i]).Sum(i => weights[i]);
            double positives = labels.Count(label => label) + ramps / 2;
            double recall = Math.Min(hit / positives, 1) * zones.Count(zone => called.Any(zone.Contains)) / zones.Count;
            double falseRate = (called.Length - hit) / (rows - positives);
            roc += (falseRate - falseBefore) * (recall + recallBefore) / 2;
            pr += (recall - recallBefore) * hit / called.Length;
            (recallBefore, falseBefore) = (recall, falseRate);
        }

        return (roc + (1 - falseBefore) * (1 + recallBefore) / 2, pr);
    }

    private static double[] Weights(bool[] labels, int width)
    {
        double[] weights = [.. labels.Select(label => label ? 1.0 : 0.0)];
        foreach ((int first, int last) in Events(labels))
        {
            for (int i = 0; i < labels.Length; i++)
            {
                int distance = Math.Max(first - i, i - last);
                if (distance > 0 && distance <= width / 2)
                    weights[i] += Math.Sqrt(1 - (double)distance / width);
            }
        }

        return [.. weights.Select(weight => Math.Min(1, weight))];
    }

    /// <summary>The rows of each buffered event; those that overlap are one.</summary>
    private static List<HashSet<int>> Zones(bool[] labels, int half)
    {
        var zones = new List<HashSet<int>>();
        foreach ((int first, int last) in Events(labels))
        {
            var zone = Enumerable.Range(first - half, last - first + 1 + 2 * half).ToHashSet();
            if (zones.Count > 0 && zones[^1].Overlaps(zone))
                zones[^1].UnionWith(zone);
            else
                zones.Add(zone);
        }

        return zones;
    }

    private static IEnumerable<(int First, int Last)> Events(bool[] labels)
    {
        int[] starts = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] && (i == 0 || !labels[i - 1]))];
        int[] ends = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] && (i == labels.Length - 1 || !labels[i + 1]))];
        return starts.Zip(ends);
    }
}
