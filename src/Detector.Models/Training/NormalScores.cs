namespace Detector.Models.Training;

/// <summary>Scores of a training range.</summary>
/// <param name="Scores">(N).</param>
/// <param name="Ticks">(N) UTC ticks of each window's newest row.</param>
/// <param name="Segments">(N) the unbroken stretch each belongs to; those of one stretch together, in time order.</param>
/// <param name="Seen">The first so many are of windows that the networks learned from.</param>
internal sealed record NormalScores(double[] Scores, long[] Ticks, int[] Segments, int Seen)
{
    /// <summary>Scores of windows that no network learned from.</summary>
    public ReadOnlySpan<double> Held => Scores.AsSpan(Seen);
}
