using System.Globalization;
using Detector.Models.Artifacts;
using Detector.Models.Evaluation.Trials;
using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Learns a model anew from a pool, holds it against the champion on samples that neither learned from in this round, and decides. The same pool gives the
/// same decision; one that was written down before a restart is not made again.
/// </summary>
internal static class ChallengerTraining
{
    /// <returns>The decision, and the model that takes over; null when the champion stays.</returns>
    /// <exception cref="OperationCanceledException">The service ends; the review will be answered after the restart.</exception>
    public static (ModelDecision Decision, LiveModel? Model) Decide(Challenge challenge, TimeProvider clock, CancellationToken cancel)
    {
        PipelineRuntime pipeline = challenge.Series.Pipeline;
        string key = challenge.Series.Slot.Key;
        long started = clock.GetTimestamp();
        try
        {
            if (pipeline.Learner.DecisionOn(key, key, challenge.ReviewTicks) is { } known)
                return (known, known.Outcome == ModelDecision.Promoted ? TakeUp(pipeline, key, known) : null);
            return Compare(challenge, clock, started, cancel);
        }
        catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
        {
            ModelDecision failed = Decision(challenge, clock, started, ModelDecision.Failed, null, error.Message);
            Note(pipeline, key, ref failed);
            return (failed, null);
        }
    }

    private static (ModelDecision, LiveModel?) Compare(Challenge challenge, TimeProvider clock, long started, CancellationToken cancel)
    {
        PipelineRuntime pipeline = challenge.Series.Pipeline;
        LiveModel champion = challenge.Champion;
        string key = challenge.Series.Slot.Key;
        (GroupShare Learned, GroupShare Held)[] parts = [.. challenge.Shares.Select(share => PoolSplit.Split(share, champion.Shape, champion.LearnedTo, 4 * ModelTrial.LeastRows))];
        IReadOnlyList<string> features = challenge.Features ?? champion.Scorer.Features;
        GroupShare[] learned = [.. parts.Select(part => part.Learned.On(features)).Where(part => part.Ticks.Length > 0)];
        if (learned.Length == 0)
            throw new TrainingException("The pool holds no samples to learn from.");
        TimeSpan window = TimeSpan.FromTicks(champion.Shape.Rows * champion.Shape.PeriodTicks), mergeGap = pipeline.Options.Alert.MergeGap;
        // Anomalies are made up in all that is there now, the same for both: what a model does not know it cannot see in it.
        ModelTrial[] trials = Trials(parts, features, champion.Scorer.Features, champion, mergeGap, pipeline.Learner.Seed);
        ModelTrial[] others = champion.Knows(features) ? trials : Trials(parts, features, features, champion, mergeGap, pipeline.Learner.Seed);
        var data = new GroupReplay(champion.Shape, learned);
        Candidate candidate = pipeline.Learner.Train(
            key, data, champion.Shape.PeriodTicks, mergeGap > window ? mergeGap : window, FeatureChange.Baseline(champion, learned), null, cancel, champion.Scorer);
        LiveModel challenger = pipeline.Live(candidate.Learned);
        try
        {
            cancel.ThrowIfCancellationRequested();
            TrialFigures before = Judge(trials, champion, cancel);
            cancel.ThrowIfCancellationRequested();
            TrialFigures after = Judge(others, challenger, cancel);
            cancel.ThrowIfCancellationRequested();
            string? refusal = PromotionRule.Refusal(before, after, Must(challenge.Trigger))
                ?? (features.All(champion.Scorer.Features.Contains) ? null : RefusalOfCommon(parts, champion, challenger, mergeGap, pipeline.Learner.Seed, cancel));
            ModelDecision decision = Decision(
                challenge, clock, started, refusal is null ? ModelDecision.Promoted : ModelDecision.Rejected, challenger.Version,
                FeatureChange.Describe(champion.Scorer.Features, features) + (refusal ?? FormattableString.Invariant(
                    $"it gives {after.FalseAlarms} false alarms in {after.Days:F1} held-out days and sees {after.Seen} of {after.Events} made-up anomalies, the champion {before.FalseAlarms} and {before.Seen}.")))
                with { ChampionFigures = before, ChallengerFigures = after };
            if (refusal is null)
            {
                pipeline.Learner.Promote(key, candidate, decision);
                return (decision, challenger);
            }

            pipeline.Learner.Record(key, decision);
            challenger.Scorer.Dispose();
            return (decision, null);
        }
        catch
        {
            challenger.Scorer.Dispose();
            throw;
        }
    }

    /// <summary>Of what both know, one that knows other features may see a little less, for more of them share a score; not more than what counts as better.</summary>
    private static string? RefusalOfCommon(
        (GroupShare Learned, GroupShare Held)[] parts, LiveModel champion, LiveModel challenger, TimeSpan mergeGap, int seed, CancellationToken cancel)
    {
        IReadOnlyList<string> common = [.. champion.Scorer.Features.Intersect(challenger.Scorer.Features)];
        if (common.Count == 0)
            return null;
        TrialFigures before = Judge(Trials(parts, common, champion.Scorer.Features, champion, mergeGap, seed), champion, cancel);
        TrialFigures after = Judge(Trials(parts, common, challenger.Scorer.Features, champion, mergeGap, seed), challenger, cancel);
        return after.Seen >= before.Seen - PromotionRule.Margin * before.Events ? null : string.Create(CultureInfo.InvariantCulture,
            $"at equal false alarms it sees {after.Seen} of {after.Events} anomalies that are made up in what both know, the champion {before.Seen}.");
    }

    private static ChallengerMust Must(string trigger) => trigger switch
    {
        ModelDecision.Command or ModelDecision.Features => ChallengerMust.BeAsGood,
        ModelDecision.NewNormal => ChallengerMust.BeBetter,
        _ => ChallengerMust.BeBetterBeyondChance,
    };

    /// <summary>The model of a promotion that a restart came upon.</summary>
    private static LiveModel? TakeUp(PipelineRuntime pipeline, string key, ModelDecision known)
    {
        if (pipeline.Learner.IsUnfinished(key, known))
            pipeline.Learner.Finish(key, known);
        return pipeline.Load(key, known.Challenger!, out string refusal) ?? throw new IOException(refusal);
    }

    private static void Note(PipelineRuntime pipeline, string key, ref ModelDecision decision)
    {
        try
        {
            pipeline.Learner.Record(key, decision);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            decision = decision with { Reason = $"{decision.Reason} The decision could not be written down: {error.Message}" };
        }
    }

    private static ModelDecision Decision(Challenge challenge, TimeProvider clock, long started, string outcome, string? challenger, string reason) =>
        new(clock.GetUtcNow(), challenge.Series.Slot.Key, challenge.ReviewTicks, challenge.Trigger, outcome, challenge.Champion.Version, challenger, reason)
        {
            Pool = challenge.Pool, Seconds = clock.GetElapsedTime(started).TotalSeconds,
        };

    /// <summary>A trial for each series of which enough is held out; of a single one, whatever there is.</summary>
    /// <param name="made">Features in which anomalies are made up.</param>
    /// <param name="features">Features of the model that is on trial.</param>
    private static ModelTrial[] Trials(
        (GroupShare Learned, GroupShare Held)[] parts, IReadOnlyList<string> made, IReadOnlyList<string> features, LiveModel champion, TimeSpan mergeGap, int seed)
    {
        ModelTrial[] trials =
        [
            .. parts.Select(part => part.Held).Where(held => parts.Length == 1 || held.Ticks.Length >= ModelTrial.LeastRows)
                .Select(held => new ModelTrial(
                    held.Ticks, held.On(made).Values, made.Count,
                    values => new RowsReplay(features, champion.Shape, held.Ticks, FeatureChange.Lay(held.On(features), made, values)), mergeGap, seed)),
        ];
        return trials.Length > 0 ? trials
            : throw new TrainingException($"Of none of {parts.Length} series {ModelTrial.LeastRows} rows are held out, which a comparison needs; raise Training:Retrain:PoolRows.");
    }

    private static TrialFigures Judge(ModelTrial[] trials, LiveModel model, CancellationToken cancel) => TrialFigures.Of([.. trials.Select(trial =>
    {
        cancel.ThrowIfCancellationRequested();
        return trial.Judge(model.Scorer, model.Threshold);
    })]);
}
