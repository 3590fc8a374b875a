namespace Detector.Models.Training;

/// <summary>What came of trying to score a model in half precision.</summary>
/// <param name="Asked">Precision that was asked for.</param>
/// <param name="Served">Precision that serves.</param>
/// <param name="Agreement">Share of the probes that get the same verdict as in single precision; null when it was not tried.</param>
/// <param name="Difference">By how much all but one in a hundred of the scores differ at most, in thresholds; null when it was not tried.</param>
public sealed record PrecisionReport(string Asked, string Served, double? Agreement, double? Difference);
