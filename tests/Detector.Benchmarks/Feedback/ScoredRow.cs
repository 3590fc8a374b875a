using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks.Feedback;

/// <summary>A scored sample of a simulated pump, and the fault that was on.</summary>
/// <param name="Round">How many times each fault has been on before.</param>
/// <param name="Shares">(F) shares of the score.</param>
/// <param name="Expected">(F) expected values, scaled.</param>
/// <param name="Values">(F) measured values.</param>
internal sealed record ScoredRow(long Ticks, FaultKind? Fault, int Round, double Score, float[] Shares, float[] Expected, double[] Values);
