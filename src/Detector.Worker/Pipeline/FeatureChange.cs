using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>What a challenger needs beside the champion where it knows other features.</summary>
internal static class FeatureChange
{
    /// <summary>How the samples came: of the features that the champion knows as in its training, of others as in the pools.</summary>
    /// <param name="shares">What is learned from, with the features of the challenger.</param>
    /// <returns>Null where the champion's was not kept.</returns>
    public static StreamBaseline? Baseline(LiveModel champion, IReadOnlyList<GroupShare> shares)
    {
        IReadOnlyList<string> features = shares[0].Features;
        if (champion.Baseline is not { } known || champion.Knows(features))
            return champion.Baseline;
        var meter = new BaselineMeter(features.Count);
        long mostGap = champion.Shape.MaxGapTicks;
        foreach (GroupShare share in shares)
        {
            for (int i = 0; i < share.Ticks.Length; i++)
            {
                // Between two blocks of a pool there is what it does not hold.
                if (i == 0 || share.Ticks[i] - share.Ticks[i - 1] > mostGap)
                    meter.NextSeries();
                meter.Add(share.Ticks[i], share.Row(i));
            }
        }

        StreamBaseline measured = meter.Measure();
        int[] places = FeaturePlaces.Find(features, champion.Scorer.Features);
        return known with { Features = [.. places.Select((place, f) => place < 0 ? measured.Features[f] : known.Features[place])] };
    }

    /// <summary>Rows with other values of some features in the place of their own.</summary>
    /// <param name="rows">N rows.</param>
    /// <param name="some">Names of C features, of which the rows need not have all.</param>
    /// <param name="values">N × C.</param>
    public static double[] Lay(GroupShare rows, IReadOnlyList<string> some, double[] values)
    {
        if (some.SequenceEqual(rows.Features, StringComparer.Ordinal))
            return values;
        int[] places = FeaturePlaces.Find(some, rows.Features);
        double[] laid = [.. rows.Values];
        for (int i = 0; i < values.Length; i++)
        {
            if (places[i % places.Length] is >= 0 and var place)
                laid[(i / places.Length * rows.Features.Count) + place] = values[i];
        }

        return laid;
    }

    /// <summary>What is new and what is gone, the beginning of a sentence; empty where nothing is.</summary>
    public static string Describe(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        string[] parts = [.. List("new to it", now.Except(before)), .. List("let go by it", before.Except(now))];
        return parts.Length == 0 ? "" : string.Join("; ", parts) + ": ";
    }

    private static IEnumerable<string> List(string what, IEnumerable<string> names) => names.Any() ? [$"{what} {string.Join(", ", names)}"] : [];
}
