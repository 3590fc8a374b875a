using Detector.Models.Artifacts;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

// Reviews of the model, and models that take over from one another. Where they do is a place in the order of the samples: the source's thread has the windows
// scored by the new model from there on, and the other stages change over as the first of them comes by.
internal sealed partial class SeriesState
{
    private ReviewClock? _review;
    private volatile ReviewAnswer? _answer;
    private ModelCommand? _command; // of a life before this one
    private SeriesMemory? _scored;
    private long _passedTicks; // event time of the newest sample that went on to a model, UTC ticks

    /// <summary>What it goes on learning from; null where models stay as they are. Owned by the deciding thread.</summary>
    public SeriesLearning? Learning { get; private set; }

    /// <summary>The model whose scores are judged. Owned by the deciding thread.</summary>
    public LiveModel? Judged { get; private set; }

    /// <summary>Answers the pending review. Any thread.</summary>
    public void Answer(ReviewAnswer answer)
    {
        _answer = answer;
        NotifyModelReady();
    }

    /// <summary>Has the model learned anew, from the next sample on. Any thread.</summary>
    /// <returns>Whether it is one that can be.</returns>
    public bool AskForReview()
    {
        Pipeline.Shared?.Ask();
        _review?.Ask();
        return _review is not null;
    }

    /// <summary>The windows of a batch are about to be scored. On the scoring thread.</summary>
    public void EnterScoring(SeriesMemory memory) => _scored = memory;

    /// <summary>A window of the model is about to be judged. On the deciding thread.</summary>
    /// <param name="newFeatures">Features that come with it and that the model does not know.</param>
    public void EnterDeciding(LiveModel model, string[] newFeatures, IAlertReceiver alerts)
    {
        if (model == Judged || Judged is null)
            return;
        LiveModel before = Judged;
        if (before.IsOfGroup && model.IsOfGroup)
        {
            Rescale(model);
            return;
        }

        // What goes on under the new model is an episode of its own.
        _judge!.EndEpisode(alerts);
        Quality!.Model = model.Named;
        if (before.IsOfGroup)
            BeginOwn(model);
        else
            Learning?.Serve(model, newFeatures);
        if (!before.IsOfGroup && !model.Knows(before.Scorer.Features))
            History = History?.Rearranged(FeaturePlaces.Find(model.Scorer.Features, before.Scorer.Features));
        // A shared model brings the threshold of all its series: what this one has made of that goes on.
        _judge = CreateJudge(model, Pipeline.Shared is null ? model.Threshold : ThresholdTransfer.Carry(_judge.ThresholdState, before.Threshold, model.Threshold));
        Judged = model;
        // No window of it is left, and no other series has it.
        if (!Pipeline.IsShared)
            before.Scorer.Dispose();
    }

    /// <param name="learnedFrom">What the model was learned from, where it is there.</param>
    private SeriesLearning? BeginReviews(LiveModel model, WarmupPool? learnedFrom = null)
    {
        if (Pipeline.Options.Training.Retrain is not { Every: not null } options)
            return null;
        int seed = SeedOf(Key);
        _review = Pipeline.IsShared ? new ReviewClock(options, SharedLearning.Seed, isCommon: true) : new ReviewClock(options, seed);
        var learning = new SeriesLearning(Identity, Pipeline.Options.Training, model, seed, Context, Pipeline.Options.Alert.Similarity, Pipeline.Shared);
        // Before the deciding thread can see it, which may just be saving the series as it was before.
        if (learnedFrom is not null)
            learning.Begin(learnedFrom, model.Scorer.Features.Count);
        return learning;
    }

    /// <summary>Whether the sample comes after the handover of a review that is not answered.</summary>
    private bool WaitsForAnswer(long ticks)
    {
        if (_review is not { } review || !review.NeedsAnswer(ticks) || AnswerOn(review.Pending) is not null)
            return false;
        Pipeline.Shared?.Await(review.Pending);
        return true;
    }

    private ReviewAnswer? AnswerOn(long reviewTicks) =>
        Pipeline.Shared is { } shared ? shared.AnswerOn(reviewTicks) : _answer is { } answer && answer.ReviewTicks == reviewTicks ? answer : null;

    /// <summary>The model for the window of a sample: here one takes over from another, and here reviews are marked.</summary>
    private LiveModel ModelFor(long ticks, ISeriesOutput output)
    {
        if (_review is { } review)
        {
            if (review.NeedsAnswer(ticks))
            {
                LiveModel? next = AnswerOn(review.Pending)!.Model;
                _answer = null;
                review.Answered();
                if (next is not null && next.Version != _model!.Version)
                    Change(next);
            }

            // Not before the first window: the deciding thread does not know of the model yet.
            if (_hasBegun && review.IsDue(ticks))
                output.Review(this, review.Pending, review.IsCommanded);
        }

        if ((_command ?? Slot.Command) is { } command && command.Model != _model && ticks > command.AfterTicks)
            Obey(command);
        return _model!;
    }

    private void Obey(ModelCommand command)
    {
        // A review that is under way was held against the model before.
        if (_command is null && command.Decision.Series == Key)
            Pipeline.TryRecord(Slot.Key, command.Decision with { ReviewTicks = _passedTicks });
        _command = null;
        if (!Pipeline.IsShared)
            Slot.Obeyed(command);
        Change(command.Model);
    }

    private void Change(LiveModel model)
    {
        if (_model is { IsOfGroup: false } && !model.Knows(_model.Scorer.Features))
            ChangeFeatures(model);
        _model = model;
        Memory = model.Scorer.CreateMemory();
        Slot.Serve(model);
    }

    /// <summary>
    /// The model that the series had when it was saved, where another one has come into service since: what lies between is gone again with it. A model that
    /// was changed while nothing ran does not come back.
    /// </summary>
    private LiveModel? ModelBefore(string version)
    {
        if (Pipeline.IsShared)
            return Pipeline.Shared?.ModelOf(version);
        if (version.Length == 0 || Slot.Model is not { } serving)
            return null;
        ModelDecision? change = Pipeline.Learner.Decisions(Slot.Key)
            .FirstOrDefault(decision => decision.Series == Key && decision.Champion == version && decision.Challenger is not null
                && decision.Outcome is ModelDecision.Promoted or ModelDecision.RolledBack
                && decision.ReviewTicks + Pipeline.Options.Training.Retrain.Handover.Ticks >= _passedTicks);
        if (change is null || Pipeline.Load(Slot.Key, version, out _) is not { } before)
            return null;
        if (change.Trigger == ModelDecision.Command)
            _command = new ModelCommand(serving, change.ReviewTicks, change);
        Slot.Serve(before);
        return before;
    }

    /// <summary>Takes up a review that was under way.</summary>
    private void ResumeReview()
    {
        if (_review is not { Pending: not 0 } review || Pipeline.IsShared)
            return;
        if (Learning!.Challenged == review.Pending)
            Slot.Interrupted = Learning.Resume(this, _model!);
        else
            _answer = new ReviewAnswer(review.Pending, null);
    }

    /// <summary>FNV-1a: the same on every machine.</summary>
    internal static int SeedOf(string key)
    {
        uint hash = 2166136261;
        foreach (char c in key)
            hash = unchecked((hash ^ c) * 16777619);
        return (int)hash;
    }
}
