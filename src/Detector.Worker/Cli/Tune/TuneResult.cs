using Detector.Models.Evaluation.Injection;

namespace Detector.Worker.Cli.Tune;

/// <summary>How a candidate did on rows it has not seen.</summary>
/// <param name="Outcomes">By kind of made-up anomaly.</param>
/// <param name="StatedFalseAlarms">False alarms that were stated for the held-out rows, as they are.</param>
/// <param name="FalseAlarms">Those there were.</param>
/// <param name="TrainSeconds">Time the training took.</param>
/// <param name="ScoreMicroseconds">Time a row took to be scored and judged.</param>
internal sealed record TuneResult(
    TuneCandidate Candidate, IReadOnlyList<InjectionOutcome> Outcomes, double StatedFalseAlarms, int FalseAlarms, double TrainSeconds, double ScoreMicroseconds)
{
    /// <summary>Mean AUC-PR over the kinds; what candidates are compared by, since it needs no threshold.</summary>
    public double Merit => Outcomes.Where(outcome => outcome.Events > 0).Select(outcome => outcome.AucPr).DefaultIfEmpty(0).Average();

    /// <summary>Mean share of events found over the kinds.</summary>
    public double Detection => Outcomes.Where(outcome => outcome.Events > 0).Select(outcome => outcome.Detection).DefaultIfEmpty(0).Average();
}
