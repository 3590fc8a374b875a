using Detector.Models.Artifacts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A model that series share is learned anew from all of them, and takes over in each at the same event time.</summary>
public sealed class SharedLearningTests : IDisposable
{
    private const int Seconds = 1100, Handover = 15;
    private static readonly string[] s_series = ["a", "b", "c"];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Retrain_OfSeriesThatShareAModel_OneChallengerTakesOverInAllAtOnePlace()
    {
        using Life life = Run("undisturbed");

        IReadOnlyList<ModelDecision> decisions = life.Pipeline.Learner.Decisions(ArtifactManifest.SharedKey);
        ModelDecision promoted = decisions.First(decision => decision.Outcome == ModelDecision.Promoted);
        Assert.Equal((ArtifactManifest.SharedKey, "schedule"), (promoted.Series, promoted.Trigger));
        Assert.EndsWith("of 3 of 3 series", promoted.Pool, StringComparison.Ordinal);
        Assert.All(decisions, decision => Assert.True(decision.Outcome != ModelDecision.Promoted || decision.ChallengerFigures!.Seen >= decision.ChampionFigures!.Seen));
        string serving = decisions.Last(decision => decision.Outcome == ModelDecision.Promoted).Challenger!;
        Assert.Equal(serving, life.Pipeline.Learner.Versions(ArtifactManifest.SharedKey)[0]);
        Assert.All(life.Pipeline.Series, series => Assert.Equal(serving, series.Judged!.Version));
        // Each series goes on with the new model where its own samples have passed the handover.
        long last = promoted.ReviewTicks + TimeSpan.FromSeconds(Handover).Ticks;
        long first = Enumerable.Range(0, Seconds).Select(row => Rows.Time(row).UtcTicks).First(ticks => ticks > last);
        foreach (string series in s_series)
            Assert.Equal(first, life.Served.Where(served => served.Series == series && served.Version == promoted.Challenger).Min(served => served.Ticks));
    }

    [Fact]
    public void Crash_WhileASharedModelIsLearnedAnew_LaterScoresAndAlertsAreThoseOfAnUndisturbedRun()
    {
        using Life undisturbed = Run("undisturbed");

        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), Messages(), Options, new Random(3)) { First = 500, Step = (150, 600), MostMilliseconds = 200 }
            .Run(undisturbed);

        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    [Fact]
    public void Retrain_OnCommand_IsAtTheNextReview()
    {
        string[] messages = Messages(Rows.Messages("a", 0, Seconds), Rows.Messages("b", 0, Seconds, 2), Rows.Messages("c", 0, Seconds, 3));
        Life? life = null;
        int asked = 3 * 600;
        var source = new PositionedSource(messages, messages.Length)
        {
            Before = number =>
            {
                if (number == asked)
                    Assert.Null(new ModelDesk([life!.Pipeline], TimeProvider.System).Retrain("p", ArtifactManifest.SharedKey));
            },
        };
        using (life = new Life(Path.Combine(_directory.Path, "command"), source, Unchanging()))
        {
            life.RunToEnd(TimeSpan.FromMinutes(5));

            ModelDecision decision = Assert.Single(life.Pipeline.Learner.Decisions(ArtifactManifest.SharedKey));
            Assert.Equal(ModelDecision.Command, decision.Trigger);
            Assert.InRange(decision.ReviewTicks, Rows.Time(560).UtcTicks, Rows.Time(640).UtcTicks);
        }
    }

    [Fact]
    public void Rollback_OfASharedModel_HoldsInAllSeriesThroughReviewsAndARestart()
    {
        string[] messages = Messages();
        int end = messages.Length;
        string directory = Path.Combine(_directory.Path, "back");
        using (Life before = new Life(directory, new PositionedSource(messages, end - 240), Options()).RunToEnd(TimeSpan.FromMinutes(5)))
            Assert.True(before.Pipeline.Learner.Versions(ArtifactManifest.SharedKey).Count > 1);

        string wanted = Back(directory, messages, end - 120);
        using Life restarted = new Life(directory, new PositionedSource(messages, end), Unchanging()).RunToEnd(TimeSpan.FromMinutes(5));

        Assert.NotEmpty(restarted.Served);
        Assert.All(restarted.Served, served => Assert.Equal(wanted, served.Version));
    }

    /// <summary>Goes back by one version as the first message of a life comes.</summary>
    private static string Back(string directory, string[] messages, int end)
    {
        Life? life = null;
        string? wanted = null;
        var source = new PositionedSource(messages, end)
        {
            Before = number =>
            {
                if (wanted is not null)
                    return;
                wanted = life!.Pipeline.Learner.Versions(ArtifactManifest.SharedKey)[1];
                Assert.Null(new ModelDesk([life.Pipeline], TimeProvider.System).Serve("p", ArtifactManifest.SharedKey, null, "test"));
            },
        };
        using (life = new Life(directory, source, Unchanging()))
        {
            life.RunToEnd(TimeSpan.FromMinutes(5));
            Assert.NotEmpty(life.Served);
            Assert.All(life.Served, served => Assert.Equal(wanted, served.Version));
        }

        return wanted!;
    }

    /// <summary>Reviews as before, and nothing learned anew.</summary>
    private static PipelineOptions Unchanging()
    {
        PipelineOptions options = Options();
        options.Training.Retrain.Every = TimeSpan.FromDays(1);
        options.Training.Retrain.OnDrift = false;
        return options;
    }

    private Life Run(string directory)
    {
        string[] messages = Messages();
        return new Life(Path.Combine(_directory.Path, directory), new PositionedSource(messages, messages.Length), Options()).RunToEnd(TimeSpan.FromMinutes(5));
    }

    private static PipelineOptions Options()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = "pipeline";
        options.Training.Retrain = new()
        {
            Every = TimeSpan.FromSeconds(150), Review = TimeSpan.FromSeconds(20), Handover = TimeSpan.FromSeconds(Handover), PoolRows = 800,
        };
        return options;
    }

    private static string[] Messages() => Messages([.. s_series.Select((series, i) => Rows.SettlingMessages(series, 0, Seconds, i + 1))]);

    private static string[] Messages(params IEnumerable<string>[] series)
    {
        string[][] all = [.. series.Select(messages => messages.ToArray())];
        return [.. Enumerable.Range(0, Seconds).SelectMany(row => all.Select(messages => messages[row]))];
    }
}
