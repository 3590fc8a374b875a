using Detector.Models.Artifacts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Whatever happens to the challenger of a model that series share, the champion serves on and the reason is written down.</summary>
public sealed class SharedChallengeTests : IDisposable
{
    private const string Key = ArtifactManifest.SharedKey;
    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;
    private readonly PipelineRuntime _pipeline;
    private readonly SeriesState _series;
    private readonly LiveModel _champion;

    public SharedChallengeTests()
    {
        _store = new ArtifactStore(Path.Combine(_directory.Path, "models"));
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = "pipeline";
        options.Training.Retrain.Every = TimeSpan.FromMinutes(5);
        _pipeline = TestPipeline.Create(options, _store, clock: TimeProvider.System);
        _series = TestPipeline.Warm(_pipeline, new StubOutput(), TestPipeline.TrainRows);
        _series.Slot.Complete();
        _champion = _pipeline.Live(ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None));
        _series.Slot.Activate(_champion);
    }

    public void Dispose() => _directory.Dispose();

    private string Serving => _store.Versions("p", Key)[0];

    [Fact]
    public void Decide_AllSeriesChanged_FiguresAreThoseOfAllOfThem()
    {
        (ModelDecision one, _) = Decide(Share("a", Shifted));
        _store.Withdraw("p", Key, one.Challenger!);
        (ModelDecision three, LiveModel? next) = Decide(43, Share("a", Shifted), Share("b", Shifted), Share("c", Shifted));

        Assert.True(three.Outcome == ModelDecision.Promoted, three.ToString());
        Assert.Equal(next!.Version, Serving);
        Assert.Equal(3 * one.ChampionFigures!.Days, three.ChampionFigures!.Days, 1e-9);
        Assert.True(three.ChampionFigures.Events > 2 * one.ChampionFigures.Events);
        Assert.True(three.ChallengerFigures!.Seen >= three.ChampionFigures.Seen);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("missing")]
    [InlineData("few")]
    public void Decide_OneBadSeries_TheOthersAreLearnedFrom(string what)
    {
        (ModelDecision decision, LiveModel? next) = Decide(Share("a", Shifted), Bad("b", what), Share("c", Shifted));

        Assert.True(decision.Outcome == ModelDecision.Promoted, decision.ToString());
        Assert.Equal(next!.Version, Serving);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("missing")]
    [InlineData("few")]
    public void Decide_OnlyBadSeries_TheChampionServesOn(string what)
    {
        (ModelDecision decision, LiveModel? next) = Decide(Bad("a", what), Bad("b", what));

        Assert.Null(next);
        Assert.NotEqual(ModelDecision.Promoted, decision.Outcome);
        Assert.Equal(_champion.Version, Serving);
        Assert.NotEmpty(Assert.Single(_store.Decisions("p", Key)).Reason);
    }

    [Fact]
    public void Decide_DecisionCannotBeWritten_TheChampionServesOn()
    {
        // The challenger can be stored aside; the decision, which comes before the promotion, cannot be written where a folder lies.
        Directory.CreateDirectory(Path.Combine(_directory.Path, "models", "p", SafeName.Of(Key), "decisions.jsonl"));

        (ModelDecision decision, LiveModel? next) = Decide(Share("a", Shifted), Share("b", Shifted));

        Assert.Null(next);
        Assert.Equal(ModelDecision.Failed, decision.Outcome);
        Assert.Contains("could not be written down", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(_champion.Version, Serving);
    }

    [Fact]
    public void Decide_TrainingDiverges_TheChampionServesOn()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = "pipeline";
        options.Model.Networks = ["dense"];
        options.Training.LearningRate = 10;
        options.Training.Retrain.Every = TimeSpan.FromMinutes(5);
        PipelineRuntime diverging = TestPipeline.Create(options, _store, clock: TimeProvider.System);
        SeriesState series = diverging.TryCreateSeries("s", _ => { })!;

        (ModelDecision decision, LiveModel? next) = Decide(new Challenge(series, _champion, 42, "schedule", [Share("a", Shifted)], "test"));

        Assert.Null(next);
        Assert.Equal(ModelDecision.Failed, decision.Outcome);
        Assert.Contains("LearningRate", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(_champion.Version, Serving);
    }

    [Fact]
    public void Decide_CrashBetweenDecisionAndPromotion_IsFinishedAfterTheRestart()
    {
        (ModelDecision decision, _) = Decide(Share("a", Shifted), Share("b", Shifted));
        _store.Withdraw("p", Key, decision.Challenger!); // as it lay before it was put into service

        (_, LiveModel? next) = Decide(Share("a", Shifted), Share("b", Shifted));

        Assert.Equal((decision.Challenger, decision.Challenger), (next!.Version, Serving));
    }

    [Fact]
    public void Decide_AnotherWorkerPromotedMeanwhile_ItsVersionServes()
    {
        string other = ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None).Version;

        (ModelDecision decision, LiveModel? next) = Decide(Share("a", Shifted), Share("b", Shifted));

        Assert.Null(next);
        Assert.Equal((ModelDecision.Failed, other), (decision.Outcome, Serving));
        Assert.Contains("another worker", decision.Reason, StringComparison.Ordinal);
    }

    private (ModelDecision Decision, LiveModel? Model) Decide(params GroupShare[] shares) => Decide(42, shares);

    private (ModelDecision Decision, LiveModel? Model) Decide(long review, params GroupShare[] shares) =>
        Decide(new Challenge(_series, _champion, review, ModelDecision.Schedule, shares, "test"));

    private static (ModelDecision, LiveModel?) Decide(Challenge challenge) => ChallengerTraining.Decide(challenge, TimeProvider.System, CancellationToken.None);

    private static GroupShare Bad(string series, string what) => what switch
    {
        "constant" => Share(series, _ => [1, 2, 3]),
        "missing" => Share(series, _ => [double.NaN, double.NaN, double.NaN]),
        _ => Share(series, Shifted, 40),
    };

    private static GroupShare Share(string series, Func<int, double[]> row, int rows = 640) => new(
        series, Rows.Features, [.. Enumerable.Range(500, rows).Select(i => Rows.Time(i).UtcTicks)], [.. Enumerable.Range(500, rows).SelectMany(row)]);

    /// <summary>The sensors belong together otherwise than in training.</summary>
    private static double[] Shifted(int row)
    {
        double[] values = Rows.Values(row);
        return [-2 * values[1], values[0], 3 * values[2]];
    }
}
