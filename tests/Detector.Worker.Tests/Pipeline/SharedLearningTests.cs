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

    private static string[] Messages() =>
        [.. Enumerable.Range(0, Seconds).SelectMany(row => s_series.SelectMany(series => Rows.Messages(series, row, 1, s_series.IndexOf(series) + 1)))];
}
