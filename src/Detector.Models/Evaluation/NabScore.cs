namespace Detector.Models.Evaluation;

/// <summary>The outcome of a corpus under one profile.</summary>
/// <param name="Score">100 × (raw − null) / (perfect − null): 0 for a detector that never alarms, 100 for one that alarms at the start of each window only.</param>
/// <param name="Threshold">The threshold, one for the whole corpus, that gives it: rows that score at least as much alarm.</param>
/// <param name="Found">Windows with an alarm.</param>
/// <param name="Windows">Windows in the corpus.</param>
/// <param name="FalseAlarms">Rows outside of windows that alarm.</param>
public readonly record struct NabScore(double Score, double Threshold, int Found, int Windows, int FalseAlarms);
