namespace Detector.Worker.Contracts;

/// <summary>Where the features of a saved row stand now. Features may have come in another order since, when series share a model.</summary>
/// <param name="places">For each saved feature its place; null when they are where they were.</param>
internal sealed class FeaturePlaces(int[]? places)
{
    public static FeaturePlaces Same { get; } = new(null);

    /// <summary>Width of a row that was saved with so many features.</summary>
    public int Width(int saved) => places is null || saved == 0 ? saved : places.AsSpan(0, saved).ToArray().Max() + 1;

    /// <summary>The row with its values in their places, NaN between them.</summary>
    public double[] Arrange(double[] row)
    {
        if (places is null)
            return row;
        var arranged = new double[Width(row.Length)];
        Array.Fill(arranged, double.NaN);
        for (int i = 0; i < row.Length; i++)
            arranged[places[i]] = row[i];
        return arranged;
    }
}
