namespace Detector.Models.Evaluation.Trials;

/// <summary>How a model did on held-out normal rows and on made-up anomalies in them.</summary>
/// <param name="Days">Time that the normal rows stand for, days.</param>
/// <param name="FalseAlarms">Episodes on the normal rows, by the model's own threshold.</param>
/// <param name="Flagged">Share of the normal rows above the threshold, 0…1.</param>
/// <param name="Expected">Episodes that the stated rate of false alarms allows in that time.</param>
/// <param name="Events">Made-up anomalies there were.</param>
/// <param name="Found">Of those, how many had a row above the threshold.</param>
/// <param name="Seen">Of those, how many had a row that scores above all but <see cref="ModelTrial.EqualShare"/> of the model's own normal rows: what both
/// models would find if they gave equally many false alarms.</param>
/// <param name="AucPr">How well scores rank the rows of events above normal ones, 0…1; mean over the kinds.</param>
public sealed record TrialFigures(double Days, int FalseAlarms, double Flagged, double Expected, int Events, int Found, int Seen, double AucPr);
