using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Whatever happens to a challenger, the champion serves on and the reason is written down.</summary>
public sealed class ChallengerTrainingTests : IDisposable
{
    private const int PoolRows = 640;
    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;
    private readonly PipelineRuntime _pipeline;
    private readonly SeriesState _series;
    private readonly LiveModel _champion;

    public ChallengerTrainingTests()
    {
        _store = new ArtifactStore(Path.Combine(_directory.Path, "models"));
        PipelineOptions options = TestPipeline.Options();
        options.Training.Retrain.Every = TimeSpan.FromMinutes(5);
        _pipeline = TestPipeline.Create(options, _store, clock: TimeProvider.System);
        _series = TestPipeline.Warm(_pipeline, new StubOutput(), TestPipeline.TrainRows);
        _series.Slot.Complete();
        _champion = _pipeline.Live(ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None));
        _series.Slot.Activate(_champion);
    }

    public void Dispose() => _directory.Dispose();

    private string Serving => _store.Versions("p", "s")[0];

    [Fact]
    public void Decide_BadChampion_IsReplacedAndTheDecisionHasBothFigures()
    {
        // The sensors belong together otherwise since then: the champion alarms all the time.
        (ModelDecision decision, LiveModel? next) = Decide(Pool(row => Shifted(row)));

        Assert.True(decision.Outcome == ModelDecision.Promoted, decision.ToString());
        Assert.Equal(decision.Challenger, Serving);
        Assert.Equal(next!.Version, Serving);
        Assert.True(decision.ChallengerFigures!.Seen >= decision.ChampionFigures!.Seen);
        Assert.Equal(decision, Assert.Single(_store.Decisions("p", "s")));
    }

    [Fact]
    public void Decide_DecidedBeforeARestart_IsNotDecidedAgain()
    {
        (ModelDecision decision, LiveModel? next) = Decide(Pool(row => Shifted(row)));
        (ModelDecision again, LiveModel? same) = Decide(Pool(row => Shifted(row)));

        Assert.Equal((decision, next!.Version), (again, same!.Version));
        Assert.Single(_store.Decisions("p", "s"));
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("missing")]
    [InlineData("few")]
    public void Decide_BadPool_TheChampionServesOn(string what)
    {
        (long[] Ticks, double[] Values) pool = what switch
        {
            "constant" => Pool(_ => [1, 2, 3]),
            "missing" => Pool(_ => [double.NaN, double.NaN, double.NaN]),
            _ => Pool(row => Rows.Values(row), 40),
        };
        (ModelDecision decision, LiveModel? next) = Decide(pool);

        Assert.Null(next);
        Assert.NotEqual(ModelDecision.Promoted, decision.Outcome);
        Assert.Equal(_champion.Version, Serving);
        Assert.NotEmpty(Assert.Single(_store.Decisions("p", "s")).Reason);
    }

    [Fact]
    public void Decide_DiskRefuses_TheChampionServesOn()
    {
        string folder = Path.Combine(_directory.Path, "models", "p", "s");
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "no folder can be made here");

        (ModelDecision decision, LiveModel? next) = Decide(Pool(row => Shifted(row)));

        Assert.Null(next);
        Assert.Equal(ModelDecision.Failed, decision.Outcome);
        Assert.Contains("could not be written down", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AnotherWorkerPromotedMeanwhile_ItsVersionServes()
    {
        string other = ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None).Version;

        (ModelDecision decision, LiveModel? next) = Decide(Pool(row => Shifted(row)));

        Assert.Null(next);
        Assert.Equal(ModelDecision.Failed, decision.Outcome);
        Assert.Contains("another worker", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(other, Serving);
    }

    [Fact]
    public void Decide_CrashBetweenDecisionAndPromotion_IsFinishedAfterTheRestart()
    {
        (ModelDecision decision, _) = Decide(Pool(row => Shifted(row)));
        _store.Withdraw("p", "s", decision.Challenger!); // as it lay before it was put into service
        Assert.Equal(_champion.Version, Serving);

        (_, LiveModel? next) = Decide(Pool(row => Shifted(row)));

        Assert.Equal((decision.Challenger, decision.Challenger), (next!.Version, Serving));
    }

    private (ModelDecision Decision, LiveModel? Model) Decide((long[] Ticks, double[] Values) pool) => ChallengerTraining.Decide(
        new Challenge(_series, _champion, 42, "schedule", [new GroupShare("s", _champion.Scorer.Features, pool.Ticks, pool.Values)], "test"), TimeProvider.System, CancellationToken.None);

    private static double[] Shifted(int row)
    {
        double[] values = Rows.Values(row);
        return [-2 * values[1], values[0], 3 * values[2]];
    }

    private static (long[], double[]) Pool(Func<int, double[]> row, int rows = PoolRows) => (
        [.. Enumerable.Range(500, rows).Select(i => Rows.Time(i).UtcTicks)],
        [.. Enumerable.Range(500, rows).SelectMany(row)]);
}
