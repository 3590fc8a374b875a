using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

/// <summary>What a model says of one window, bit for bit.</summary>
internal sealed record Scored(double Score, float[] Contributions, float[] Expected)
{
    public static Scored At(ScoringWorkspace tile, int index) =>
        new(tile.Scores[index], tile.Contributions(index).ToArray(), tile.Expected(index).ToArray());

    /// <summary>What it says of a window that is the first of its series.</summary>
    public static Scored Alone(AnomalyModel model, double[] window) => Next(model, model.CreateMemory(), window);

    /// <summary>What it says of the next window of a series.</summary>
    public static Scored Next(AnomalyModel model, SeriesMemory memory, double[] window)
    {
        using var tile = new ScoringWorkspace(model.Dimensions);
        tile.Add(window, model, memory);
        model.Score(tile);
        return At(tile, 0);
    }

    /// <summary>The feature with the largest share.</summary>
    public int Culprit => Contributions.AsSpan().IndexOf(Contributions.Max());

    public bool Equals(Scored? other) => other is not null
        && BitConverter.DoubleToInt64Bits(Score) == BitConverter.DoubleToInt64Bits(other.Score)
        && Contributions.AsSpan().SequenceEqual(other.Contributions) && Expected.AsSpan().SequenceEqual(other.Expected);

    public override int GetHashCode() => Score.GetHashCode();
}
