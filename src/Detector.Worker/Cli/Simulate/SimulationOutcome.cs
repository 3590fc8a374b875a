using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary>What one simulated plant's months came to.</summary>
/// <param name="Change">What happened to it.</param>
/// <param name="Learning">Whether its model was learned anew.</param>
/// <param name="Seed">Of the plant.</param>
/// <param name="FalseAlarmsBefore">False alarms a week before the change.</param>
/// <param name="FalseAlarmsAfter">False alarms a week from two days after the change on; NaN where a fault grows meanwhile.</param>
/// <param name="BlindHours">Hours after the change in which samples were called anomalous without a fault: a fault would not have been told from them.</param>
/// <param name="Questions">Questions about the level that were asked.</param>
/// <param name="FoundAt">How far the fault had grown when it was first told of, 0…1; null when there was none or it was missed.</param>
/// <param name="IsOpenAtEnd">Whether an alert of the fault was still open when it was full-grown: it was not learned as normal.</param>
/// <param name="Promoted">Challengers that took over.</param>
/// <param name="Rejected">Challengers that did not.</param>
/// <param name="Blinder">Challengers that took over though they see less than the champion did: always 0.</param>
/// <param name="TrainingSeconds">Time that challengers took.</param>
internal sealed record SimulationOutcome(
    string Change,
    bool Learning,
    int Seed,
    double FalseAlarmsBefore,
    double FalseAlarmsAfter,
    double BlindHours,
    int Questions,
    double? FoundAt,
    bool IsOpenAtEnd,
    int Promoted,
    int Rejected,
    int Blinder,
    double TrainingSeconds)
{
    private static readonly TimeSpan s_settles = TimeSpan.FromDays(2);

    public static SimulationOutcome Of(PlantChange change, bool learning, int seed, PlantMonths plant, DateTimeOffset watchedFrom, DateTimeOffset end, SimulationRun run)
    {
        bool isFault = change == PlantChange.SlowFault;
        Alert[] fired = [.. run.Alerts.Where(alert => alert is { State: AlertState.Firing, Kind: AlertKind.Anomaly })];
        Alert[] asked = [.. run.Alerts.Where(alert => alert is { State: AlertState.Firing, Drift: DriftReason.Level })];
        Alert? found = isFault ? fired.Concat(asked).Where(alert => alert.UpdatedAt >= plant.ChangeAt).MinBy(alert => alert.UpdatedAt) : null;
        DateTimeOffset settled = plant.ChangeAt + s_settles;
        return new SimulationOutcome(
            change.ToString(),
            learning,
            seed,
            fired.Count(alert => alert.StartedAt < plant.ChangeAt) / Weeks(plant.ChangeAt - watchedFrom),
            isFault ? double.NaN : fired.Count(alert => alert.StartedAt >= settled) / Weeks(end - settled),
            isFault ? double.NaN : run.Anomalous.Count(ticks => ticks >= plant.ChangeAt.UtcTicks) * PlantMonths.Period.TotalHours,
            asked.Length,
            found is null ? null : plant.Progress(found.UpdatedAt),
            isFault && run.Alerts.Where(alert => alert.Kind == AlertKind.Anomaly || alert.Drift == DriftReason.Level).GroupBy(alert => alert.Id).Any(life => life.Last().State != AlertState.Resolved),
            run.Decisions.Count(decision => decision.Outcome == ModelDecision.Promoted),
            run.Decisions.Count(decision => decision.Outcome == ModelDecision.Rejected),
            run.Decisions.Count(decision => decision is { Outcome: ModelDecision.Promoted, ChallengerFigures: { } after, ChampionFigures: { } before } && after.Seen < before.Seen),
            run.TrainingSeconds);
    }

    private static double Weeks(TimeSpan time) => time.TotalDays / 7;
}
