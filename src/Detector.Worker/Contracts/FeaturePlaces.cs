namespace Detector.Worker.Contracts;

/// <summary>Where the features of a row stand now. Features may have come in another order since, when series share a model, and the model may know others.</summary>
/// <param name="places">For each feature its place, −1 for one that is not kept; null when they are where they were.</param>
internal sealed class FeaturePlaces(int[]? places)
{
    public static FeaturePlaces Same { get; } = new(null);

    /// <summary>Where features stand among others, by their names.</summary>
    public static FeaturePlaces Of(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        int[] places = Find(before, now);
        return places.Select((place, i) => place == i).All(same => same) ? Same : new FeaturePlaces(places);
    }

    /// <summary>For each name its index among others, −1 where it is not there.</summary>
    public static int[] Find(IReadOnlyList<string> names, IReadOnlyList<string> among)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < among.Count; i++)
            known.TryAdd(among[i], i);
        return [.. names.Select(name => known.GetValueOrDefault(name, -1))];
    }

    /// <summary>Width of a row that had so many features.</summary>
    public int Width(int before) => places is null || before == 0 ? before : places.AsSpan(0, before).ToArray().Max() + 1;

    /// <summary>The row with its values in their places, NaN between them.</summary>
    public double[] Arrange(double[] row)
    {
        if (places is null)
            return row;
        var arranged = new double[Width(row.Length)];
        Array.Fill(arranged, double.NaN);
        for (int i = 0; i < row.Length; i++)
        {
            if (places[i] >= 0)
                arranged[places[i]] = row[i];
        }

        return arranged;
    }
}
