using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>With learning on, a sensor that is added is learned, and one that is taken away is let go.</summary>
public sealed class FeatureLearningTests : IDisposable
{
    private const int Seconds = 2100, FaultAt = 1250, FaultRows = 10;
    private static readonly Sensors s_sensors = new() { AddedAt = 300, RemovedAt = 1300, Fault = FaultAt..(FaultAt + FaultRows) };
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Learn_SensorAddedThenOneRemoved_ModelsKnowWhatIsThere()
    {
        using Life life = Run("on", Options());

        AssertPromoted(life, "new to it d", "let go by it c");
        Assert.Equal(["abc", "abcd", "abd"], Versions(life).Select(version => string.Concat(Features(life, version))).Distinct());
        // A fault that only the added sensor shows.
        Assert.Equal(FaultRows, Anomalous(life, FaultAt, FaultRows));
        // Not after that.
        Assert.InRange(Anomalous(life, 1900, 200), 0, 20);
    }

    [Fact]
    public void Learn_Off_TheSensorStaysUnknown()
    {
        PipelineOptions options = Options();
        options.Training.Retrain.Every = null;
        using Life life = Run("off", options);

        Assert.Single(Versions(life));
        Assert.InRange(Anomalous(life, FaultAt, FaultRows), 0, FaultRows / 2);
    }

    [Fact]
    public void Learn_OneMessageASensor_ScoresAreThoseWithoutTheOneThatIsAdded()
    {
        string[] with = [.. new Sensors { AddedAt = 300, OneByOne = true }.Messages("s", 0, 600)], without = [.. new Sensors { OneByOne = true }.Messages("s", 0, 600)];
        using Life life = new Life(Path.Combine(_directory.Path, "with"), new PositionedSource(with, with.Length), Options()).RunToEnd(TimeSpan.FromMinutes(5));
        using Life before = new Life(Path.Combine(_directory.Path, "without"), new PositionedSource(without, without.Length), Options()).RunToEnd(TimeSpan.FromMinutes(5));

        Assert.Equal(Scores(before), Scores(life));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rollback_ToAModelOfOtherFeatures_ServesWithTheNextSampleAndAfterARestart(bool waits)
    {
        const int Back = 1100, End = 1150;
        string[] messages = [.. new Sensors { AddedAt = 300 }.Messages("s", 0, 1200)];
        Life? life = null;
        string? first = null, second = null;
        var source = new PositionedSource(messages, End)
        {
            // The challenger has taken over.
            MayCome = number => (!waits || MayCome(life!, number)) && (number < Back - 50 || first is not null || (life!.Pipeline.SlotOf("s").Model is { } model && model.Scorer.Features.Contains(Sensors.Added))),
            Before = number =>
            {
                if (number != Back)
                    return;
                second = life!.Pipeline.SlotOf("s").Model!.Version;
                Assert.Null(new ModelDesk([life.Pipeline], TimeProvider.System).Serve("p", "s", null, "test"));
                first = life.Pipeline.Learner.Versions("s")[0];
            },
        };
        using (life = new Life(_directory.Path, source, Options()))
        {
            life.RunToEnd(TimeSpan.FromMinutes(5));
            Assert.NotEqual(first, second);
            // The command is obeyed by the sample behind those that have gone on to the model.
            long asked = life.Pipeline.Learner.Decisions("s").Single(decision => decision.Outcome == ModelDecision.RolledBack).ReviewTicks;
            Assert.Contains(life.Served, served => served.Ticks <= asked && served.Version == second);
            Assert.All(life.Served.Where(served => served.Ticks > asked), served => Assert.Equal(first, served.Version));
            Assert.Equal(End - 1 - Row(asked), life.Served.Count(served => served.Ticks > asked));
        }

        using Life again = new Life(_directory.Path, new PositionedSource(messages, messages.Length), Options()).RunToEnd(TimeSpan.FromMinutes(5));
        Assert.Equal([first], again.Served.Select(served => served.Version).Distinct());
    }

    [Fact]
    public void Learn_AsksAndTellsWhatCameOfIt()
    {
        using Life life = Run("told", Options());

        Alert[] asked = [.. life.Alerts.Where(alert => alert.Drift == DriftReason.Shape)];
        Assert.Equal([AlertState.Firing, AlertState.Resolved, AlertState.Firing, AlertState.Resolved], asked.Select(alert => alert.State));
        Assert.StartsWith("d is new", asked[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("c is there in 0 %", asked[2].Message, StringComparison.Ordinal);
        // What is let go is missing no more.
        Assert.Equal([AlertState.Firing, AlertState.Resolved], life.Alerts.Where(alert => alert.Reason == QualityReason.FeatureMissing).Select(alert => alert.State));
        Assert.Equal(2, life.Alerts.Count(alert => alert.Reason == QualityReason.FeatureNew)); // told, and over
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Crash_WhileFeaturesComeAndGo_LaterScoresAndAlertsAreThoseOfAnUndisturbedRun(int seed)
    {
        using Life undisturbed = Run("undisturbed", Options());

        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), [.. s_sensors.Messages("s", 0, Seconds)], Options, new Random(seed))
        {
            First = 250, Step = (60, 250), MostMilliseconds = 200, MayCome = MayCome,
        }.Run(undisturbed);

        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    [Fact]
    public void Flood_ANameAMessage_KeepsNoSensorOut()
    {
        string[] messages = [.. new Sensors { AddedAt = 300 }.Messages("s", 0, 1200).Select((message, i) => message.Replace("\"a\":", $"\"made-up-{i}\":1,\"a\":", StringComparison.Ordinal))];
        int most = 0;
        Life? life = null;
        var source = new PositionedSource(messages, messages.Length) { Before = _ => most = Math.Max(most, life!.Pipeline.Series.Sum(series => series.NewNames.Length)) };
        // The warm-up is over before names are made up: it would learn them.
        for (int i = 0; i < 220; i++)
            messages[i] = new Sensors { AddedAt = 300 }.Messages("s", i, 1).Single();
        using (life = new Life(_directory.Path, source, Options()))
        {
            life.RunToEnd(TimeSpan.FromMinutes(5));
            Assert.Equal(1, most);
            AssertPromoted(life, "new to it d");
        }
    }

    private static PipelineOptions Options()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Window.MinObserved = 0.3;
        options.Training.KeepVersions = 20;
        options.Training.Retrain = new()
        {
            Every = TimeSpan.FromSeconds(200), Review = TimeSpan.FromSeconds(20), Handover = TimeSpan.FromSeconds(15), PoolRows = 1600, NewNormalAfter = TimeSpan.FromSeconds(400),
        };
        return options;
    }

    private Life Run(string directory, PipelineOptions options)
    {
        string[] messages = [.. s_sensors.Messages("s", 0, Seconds)];
        Life? life = null;
        var source = new PositionedSource(messages, messages.Length) { MayCome = number => MayCome(life!, number) };
        return (life = new Life(Path.Combine(_directory.Path, directory), source, options)).RunToEnd(TimeSpan.FromMinutes(5));
    }

    /// <summary>What is new is told when it is read, if there is a model by then.</summary>
    private static bool MayCome(Life life, int number) => number < 250 || life.Pipeline.SlotOf("s").Model is not null;

    private static int Row(long ticks) => (int)((ticks - Rows.Start.UtcTicks) / TimeSpan.TicksPerSecond);

    private static void AssertPromoted(Life life, params string[] changes)
    {
        IReadOnlyList<ModelDecision> decisions = life.Pipeline.Learner.Decisions("s");
        IEnumerable<string> promoted = decisions.Where(decision => decision.Outcome == ModelDecision.Promoted).Select(decision => decision.Reason.Split(':')[0])
            .Where(reason => reason.StartsWith("new to it", StringComparison.Ordinal) || reason.StartsWith("let go by it", StringComparison.Ordinal));
        Assert.True(changes.SequenceEqual(promoted), string.Join('\n', decisions));
    }

    private static IEnumerable<string> Versions(Life life) => life.Served.Select(served => served.Version).Distinct();

    private static IReadOnlyList<string> Features(Life life, string version) => life.Pipeline.Load("s", version, out _)!.Scorer.Features;

    private static IEnumerable<(string, string)> Scores(Life life) =>
        life.Outcome.Where(kept => kept.Key.StartsWith("s ", StringComparison.Ordinal)).Select(kept => (kept.Key, kept.Value));

    private static int Anomalous(Life life, int first, int rows) => Enumerable.Range(first, rows)
        .Count(row => life.Outcome.TryGetValue($"s {Rows.Time(row).UtcTicks}", out string? verdict) && verdict.EndsWith("True", StringComparison.Ordinal));
}
