namespace Detector.Worker.Pipeline.History;

/// <summary>A stretch of a series' past, told by its sample with the highest score. F features in the order of the model.</summary>
/// <param name="Ticks">Event time of the sample, UTC.</param>
/// <param name="Values">(F) measured, NaN where missing.</param>
/// <param name="Expected">(F) scaled.</param>
/// <param name="Contributions">(F) shares of the score.</param>
internal sealed record HistoryPoint(long Ticks, float Score, float Threshold, float[] Values, float[] Expected, float[] Contributions);
