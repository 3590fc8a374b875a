namespace Detector.Worker.Learning;

/// <summary>Consecutive normal samples of a series.</summary>
/// <param name="Ticks">(N) event times, UTC ticks, ascending.</param>
/// <param name="Values">N × F.</param>
/// <param name="Key">Its luck in the draw for a place, the newer the higher.</param>
/// <param name="Cell">Part of the week it belongs to.</param>
internal sealed record PoolBlock(long[] Ticks, double[] Values, double Key, int Cell);
