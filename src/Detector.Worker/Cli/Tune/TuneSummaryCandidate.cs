namespace Detector.Worker.Cli.Tune;

/// <summary>A candidate and how it did.</summary>
/// <param name="Detection">Share of the events found, by kind of made-up anomaly.</param>
/// <param name="AucPr">How well they are ranked, by kind.</param>
internal sealed record TuneSummaryCandidate(
    IReadOnlyList<string> Networks,
    int WindowRows,
    int Latent,
    IReadOnlyList<int> Hidden,
    string Scaler,
    double Merit,
    IReadOnlyDictionary<string, double> Detection,
    IReadOnlyDictionary<string, double> AucPr,
    double StatedFalseAlarms,
    int FalseAlarms,
    double TrainSeconds,
    double ScoreMicroseconds)
{
    public static TuneSummaryCandidate Of(TuneResult result) => new(
        result.Candidate.NetworkNames,
        result.Candidate.Rows,
        result.Candidate.Latent,
        result.Candidate.HiddenWidths,
        result.Candidate.Scaler,
        result.Merit,
        result.Outcomes.ToDictionary(outcome => TuneOutput.Name(outcome.Kind), outcome => outcome.Detection),
        result.Outcomes.ToDictionary(outcome => TuneOutput.Name(outcome.Kind), outcome => outcome.AucPr),
        result.StatedFalseAlarms,
        result.FalseAlarms,
        result.TrainSeconds,
        result.ScoreMicroseconds);
}
