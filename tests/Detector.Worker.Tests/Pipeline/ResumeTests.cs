using System.Globalization;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Lives that end in the middle: what they publish together is what one undisturbed life would have.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Seconds = 420;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("series", 0)]
    [InlineData("pipeline", 0)]
    [InlineData("series", 5)]
    [InlineData("series", 0, 300)] // longer than a saved piece of what is collected
    public void Crash_AtManyPlaces_LaterScoresAndAlertsAreThoseOfAnUndisturbedRun(string scope, int lateness, int warmup = TestPipeline.TrainRows)
    {
        string[] messages = Messages(lateness > 0);
        PipelineOptions Options()
        {
            PipelineOptions options = TestPipeline.Options();
            options.Model.Scope = scope;
            options.Training.Warmup = TimeSpan.FromSeconds(warmup);
            options.Window.AllowedLateness = TimeSpan.FromSeconds(lateness);
            return options;
        }

        using Life undisturbed = new Life(Path.Combine(_directory.Path, "undisturbed"), new PositionedSource(messages, messages.Length), Options()).RunToEnd();
        Assert.Contains(undisturbed.Outcome.Values, value => value.Contains("\"State\":0", StringComparison.Ordinal));

        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), messages, Options, new Random(7)) { First = 90, Step = (30, 150) }.Run(undisturbed);

        Assert.Contains(crashed.Began, position => position > 0);
        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    [Fact]
    public void Crash_WhileModelsAreLearnedAnew_LaterScoresAndAlertsAreThoseOfAnUndisturbedRun()
    {
        string[] messages = [.. Rows.SettlingMessages("s", 0, 1800)];
        PipelineOptions Options()
        {
            PipelineOptions options = TestPipeline.Options();
            options.Training.Retrain = new()
            {
                Every = TimeSpan.FromSeconds(100), Review = TimeSpan.FromSeconds(20), Handover = TimeSpan.FromSeconds(15), PoolRows = 800,
            };
            return options;
        }

        using Life undisturbed = new Life(Path.Combine(_directory.Path, "undisturbed"), new PositionedSource(messages, messages.Length), Options()).RunToEnd(TimeSpan.FromMinutes(5));
        IReadOnlyList<ModelDecision> decisions = undisturbed.Pipeline.Learner.Decisions("s");
        Assert.Contains(decisions, decision => decision.Outcome == ModelDecision.Promoted);

        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), messages, Options, new Random(5)) { First = 150, Step = (60, 250), MostMilliseconds = 200 }
            .Run(undisturbed);

        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    [Fact]
    public void Clock_JumpsByDays_ChangesNothing()
    {
        string[] messages = Messages(false);
        using Life life = new Life(
            Path.Combine(_directory.Path, "jumping"), new PositionedSource(messages, messages.Length) { Before = _ => Thread.Yield() }, clock: new JumpingClock()).RunToEnd();
        Assert.Equal(Undisturbed(messages), life.Outcome);
    }

    /// <summary>Where the state that is left knows the models. Where it does not, nobody knows what had waited for them: all of it is published.</summary>
    [Theory]
    [InlineData(450, 300)]
    [InlineData(300, 0)]
    public void Crash_CommittedBeyondTheSnapshot_PublishesAgainOnlyWhatMayHaveWaited(int kept, int firstRow)
    {
        string[] messages = Messages(false);
        string folder = Path.Combine(_directory.Path, "state", "plant", "sensors-0");
        using (var life = new Life(_directory.Path, new PositionedSource(messages, kept)))
            life.RunToEnd();
        string[] older = Directory.GetFiles(folder);
        var first = new PositionedSource(messages, 600);
        using (var life = new Life(_directory.Path, first))
            life.RunToEnd();
        Assert.Equal(600, first.SavedPosition);

        // The newest snapshots are lost, but not what was committed: the way there is gone again in silence.
        var scores = new StubSink();
        var alerts = new StubSink();
        foreach (string file in Directory.GetFiles(folder).Except(older))
            File.Delete(file);
        var second = new PositionedSource(messages, messages.Length, committed: 600);
        using Life again = new Life(_directory.Path, second, sinks: new PipelineSinks([alerts], [scores], [])).RunToEnd();

        Assert.Equal(kept, second.Began);
        string[] undisturbed = [.. Undisturbed(messages).Keys.Where(key => key.StartsWith("s ", StringComparison.Ordinal) || key.StartsWith("t ", StringComparison.Ordinal))];
        Assert.Equal(undisturbed.Count(key => Row(key) >= firstRow), scores.Records.Count);
        Assert.NotEmpty(alerts.Records);
    }

    [Fact]
    public void Crash_FloodOfNewSeries_BoundsMemoryAndKeepsTheBusyOnes()
    {
        // eng/chaos.sh asks for a million.
        int strangers = int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_KEYS") ?? "1000", CultureInfo.InvariantCulture);
        int places = Math.Clamp(strangers / 25, 40, 2000);
        PipelineOptions Options()
        {
            PipelineOptions options = TestPipeline.Options();
            options.MaxSeries = places;
            return options;
        }

        var random = new Random(3);
        string[] busy = Messages(false);
        // Known means having come sixteen times: until then nothing tells a series from a name that was made up.
        const int Known = 2 * 16;
        string[] messages = [.. busy.SelectMany((message, i) => (string[])
            [message, .. Enumerable.Range(0, i < Known ? 0 : Math.Max(1, strangers / busy.Length)).Select(_ => Rows.Json($"stranger-{random.NextInt64():x}", i / 2, Rows.Values(i)))])];
        int most = 0;
        Life? life = null;
        var source = new PositionedSource(messages, messages.Length) { Before = _ => most = Math.Max(most, life!.Pipeline.Count) };
        life = new Life(_directory.Path, source, Options(), maxSpilled: 200);
        using (life)
            life.RunToEnd(TimeSpan.FromMinutes(30));

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"{messages.Length - busy.Length:N0} unknown keys: {most} series in memory at most, {Environment.WorkingSet / 1048576} MB resident"));
        Assert.InRange(most, places, places + 1);
        Assert.Equal(
            Undisturbed(busy),
            new SortedDictionary<string, string>(life.Outcome.Where(pair => !pair.Key.StartsWith("stranger", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal));
    }

    [Fact]
    public void Series_ThatMadeRoom_ComesBackWithItsState()
    {
        PipelineOptions options = TestPipeline.Options();
        options.MaxSeries = 1;
        string[] messages = Messages(false);

        using Life life = new Life(_directory.Path, new PositionedSource(messages, messages.Length), options).RunToEnd();

        // Two series take turns in the one place there is, and nothing shows of it.
        Assert.Equal(Undisturbed(messages), life.Outcome);
    }

    private SortedDictionary<string, string> Undisturbed(string[] messages)
    {
        using Life life = new Life(Path.Combine(_directory.Path, "undisturbed"), new PositionedSource(messages, messages.Length)).RunToEnd();
        return life.Outcome;
    }

    private static int Row(string key) => (int)((long.Parse(key.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) - Rows.Start.UtcTicks) / TimeSpan.TicksPerSecond);

    private static string[] Messages(bool late)
    {
        string[] ordered =
        [
            .. Rows.Messages("s", 0, Seconds, 1, 330).Zip(Rows.Messages("t", 0, Seconds, 2, 260), (a, b) => new[] { a, b }).SelectMany(pair => pair),
        ];
        return late ? [.. ordered.Chunk(6).SelectMany(chunk => chunk.Reverse())] : ordered;
    }

    /// <summary>The time of day jumps whenever it is asked for; how long something takes is measured as ever.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(Random.Shared.Next(-3 * 86_400, 3 * 86_400));
    }
}
