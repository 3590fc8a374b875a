using Detector.Models.Artifacts;
using Detector.Models.Evaluation.Trials;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary>What the months of one simulated pump came to.</summary>
/// <param name="Change">What happened in its plant.</param>
/// <param name="Learning">Whether its model was learned anew.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Pumps">Pumps that share its model, with itself.</param>
/// <param name="Hit">Whether the change came to this pump.</param>
/// <param name="FalseAlarmsBefore">False alarms a week before the change.</param>
/// <param name="FalseAlarmsAfter">False alarms a week from two days after the change on; NaN where a fault grows meanwhile.</param>
/// <param name="HoldsAfterDays">Whole days from the change to the first from which on no seven days have more false alarms than the stated rate allows; null where the
/// last seven days still have, or a fault grows.</param>
/// <param name="BlindHours">Hours after the change in which samples were called anomalous without a fault: a fault would not have been told from them.</param>
/// <param name="FirstWeek">False alarms and questions that were told in the week after the change.</param>
/// <param name="Suppressed">Episodes that were not told of since their like was asked about or is known.</param>
/// <param name="Questions">Questions about a lasting shift or a recurring alarm that were asked.</param>
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
    int Pumps,
    bool Hit,
    double FalseAlarmsBefore,
    double FalseAlarmsAfter,
    int? HoldsAfterDays,
    double BlindHours,
    int FirstWeek,
    int Suppressed,
    int Questions,
    double? FoundAt,
    bool IsOpenAtEnd,
    int Promoted,
    int Rejected,
    int Blinder,
    double TrainingSeconds)
{
    private static readonly TimeSpan s_settles = TimeSpan.FromDays(2), s_week = TimeSpan.FromDays(7);

    /// <summary>Whether it is a fault that grows, which no false alarms are counted beside.</summary>
    public bool IsFault => double.IsNaN(FalseAlarmsAfter);

    /// <param name="hit">Whether the change came to this pump.</param>
    public static SimulationOutcome Of(
        SimulationSettings settings, bool hit, SimulatedPump pump, DateTimeOffset watchedFrom, DateTimeOffset end, IReadOnlyList<ModelDecision> decisions)
    {
        PlantMonths plant = pump.Plant;
        bool isFault = hit && settings.Change == PlantChange.SlowFault;
        Alert[] fired = [.. pump.Alerts.Where(alert => alert is { State: AlertState.Firing, Kind: AlertKind.Anomaly })];
        Alert[] asked = [.. pump.Alerts.Where(alert => alert is { State: AlertState.Firing, Drift: DriftReason.Level or DriftReason.Recurrence })];
        Alert? found = isFault ? fired.Concat(asked).Where(alert => alert.UpdatedAt >= plant.ChangeAt).MinBy(alert => alert.UpdatedAt) : null;
        DateTimeOffset settled = plant.ChangeAt + s_settles;
        return new SimulationOutcome(
            settings.Change.ToString(),
            settings.Learning,
            settings.Seed,
            settings.Pumps,
            hit,
            fired.Count(alert => alert.StartedAt < plant.ChangeAt) / Weeks(plant.ChangeAt - watchedFrom),
            isFault ? double.NaN : fired.Count(alert => alert.StartedAt >= settled) / Weeks(end - settled),
            isFault ? null : HoldsAfter([.. fired.Select(alert => alert.StartedAt)], plant.ChangeAt, end),
            isFault ? double.NaN : pump.Anomalous.Count(ticks => ticks >= plant.ChangeAt.UtcTicks) * PlantMonths.Period.TotalHours,
            fired.Concat(asked).Count(alert => alert.StartedAt >= plant.ChangeAt && alert.StartedAt < plant.ChangeAt + s_week),
            pump.Suppressed,
            asked.Length,
            found is null ? null : plant.Progress(found.UpdatedAt),
            isFault && pump.Alerts.Where(alert => alert.Kind == AlertKind.Anomaly || alert.Drift == DriftReason.Level).GroupBy(alert => alert.Id).Any(life => life.Last().State != AlertState.Resolved),
            decisions.Count(decision => decision.Outcome == ModelDecision.Promoted),
            decisions.Count(decision => decision.Outcome == ModelDecision.Rejected),
            decisions.Count(decision => decision is { Outcome: ModelDecision.Promoted, ChallengerFigures: { } after, ChampionFigures: { } before } && after.Seen < before.Seen),
            decisions.Sum(decision => decision.Seconds));
    }

    /// <summary>
    /// Whole days from a change to the first from which on no seven days, begun a whole number of days after the change, have more false alarms than a Poisson
    /// variable of the stated rate stays below with 95 %: of one a week, three.
    /// </summary>
    /// <returns>Null where the last such seven days have more.</returns>
    public static int? HoldsAfter(IReadOnlyList<DateTimeOffset> falseAlarms, DateTimeOffset change, DateTimeOffset end)
    {
        int allowed = PromotionRule.Allowed(FalseAlarmRate.OncePerWeek.PerDay * s_week.TotalDays), holds = 0, last = (int)(end - change - s_week).TotalDays;
        for (int day = 0; day <= last; day++)
        {
            DateTimeOffset from = change.AddDays(day);
            if (falseAlarms.Count(time => time >= from && time < from + s_week) > allowed)
                holds = day + 1;
        }

        return holds > last ? null : holds;
    }

    private static double Weeks(TimeSpan time) => time / s_week;
}
