using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Deciding.Feedback;

namespace Detector.Worker.Tests.Deciding.Feedback;

public sealed class FeedbackTests : IDisposable
{
    private static readonly float[] s_fault = [0.7f, 0.2f, 0.1f];
    private readonly TemporaryDirectory _directory = new();
    private readonly AlertOptions _options = new() { MergeGap = TimeSpan.FromSeconds(10), RepeatInterval = TimeSpan.Zero };

    private string Journal => Path.Combine(_directory.Path, "feedback.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Judge_TwinOfWhatWasNoAnomaly_IsNotTold()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        JudgeBench bench = Feed(book, 100, 3.2, 0.65f, 0.25f, 0.1f);
        Assert.Empty(bench.Alerts);
        Assert.Equal([SuppressionReason.Feedback], bench.Suppressions);
    }

    [Theory]
    [InlineData(0.1f, 0.2f, 0.7f)]
    [InlineData(-0.7f, 0.2f, 0.1f)]
    [InlineData(0.1f, -0.9f, 0f)]
    public void Judge_AnotherFault_IsToldAsBefore(float a, float b, float c)
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        JudgeBench bench = Feed(book, 100, 3, a, b, c);
        Assert.Equal((AlertState.Firing, JudgeBench.At(100)), (Assert.Single(bench.Alerts).State, bench.Alerts[0].StartedAt));
        Assert.Empty(bench.Suppressions);
    }

    [Theory]
    [InlineData(FeedbackVerdict.NoAnomaly, 3.7, false)]
    [InlineData(FeedbackVerdict.NoAnomaly, 4, true)]
    [InlineData(FeedbackVerdict.NewNormal, 5.9, false)]
    [InlineData(FeedbackVerdict.NewNormal, 6.5, true)]
    public void Judge_TwinClearlyStronger_IsTold(FeedbackVerdict verdict, double score, bool told)
    {
        using FeedbackBook book = Marked(verdict);
        Assert.Equal(told, Feed(book, 100, score, s_fault).Alerts.Count > 0);
    }

    [Fact]
    public void Judge_AnotherFaultJoinsTheExcusedOne_IsTold()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        JudgeBench bench = Feed(book, 100, 3, s_fault);
        Assert.Empty(bench.Alerts);
        for (int second = 110; second < 130; second++)
            bench.Feed(second, 3.5, 0.25f, 0.05f, 0.7f);
        Alert alert = Assert.Single(bench.Alerts);
        Assert.InRange(alert.StartedAt, JudgeBench.At(110), JudgeBench.At(120));
    }

    [Fact]
    public void Judge_OneNoisySampleWithinAnExcusedEpisode_IsNotTold()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        JudgeBench bench = Feed(book, 100, 3, s_fault);
        bench.Feed(110, 1.2, 0.3f, 0.3f, 0.4f);
        bench.Feed(111, 3, s_fault);
        Assert.Empty(bench.Alerts);
    }

    [Fact]
    public void Judge_MarkedWhileItFires_IsResolvedWithinFiveSamples()
    {
        using var book = new FeedbackBook();
        var bench = new JudgeBench(_options, DecidingContext.None with { Feedback = book });
        bench.Feed(0, 3, s_fault);
        book.Add(Mark(bench.Alerts[0], FeedbackVerdict.NoAnomaly));
        for (int second = 1; second < 20; second++)
            bench.Feed(second, 3, s_fault);
        Assert.Equal([AlertState.Firing, AlertState.Resolved], bench.States);
        Assert.InRange(bench.Alerts[1].UpdatedAt, JudgeBench.At(1), JudgeBench.At(5));
    }

    [Fact]
    public void Judge_ConfirmedBefore_IsToldSomewhatSooner()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.Confirmed);
        Assert.Single(Feed(book, 100, 0.95, s_fault).Alerts);
        Assert.Empty(Feed(book, 100, 0.95, 0.1f, 0.2f, 0.7f).Alerts);
        Assert.Empty(Feed(book, 100, 0.85, s_fault).Alerts);
    }

    [Fact]
    public void Add_LaterWordOnTheSameAlert_IsTheOneThatCounts()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        FeedbackMark mark = Assert.Single(book.Of("p", "s"));
        book.Add(mark with { Verdict = FeedbackVerdict.Confirmed });
        Assert.Equal(FeedbackVerdict.Confirmed, book.VerdictOn(mark.AlertId));
        Assert.Single(Feed(book, 100, 3, s_fault).Alerts);
        Assert.Equal(1, book.Precision("p"));
    }

    [Fact]
    public void Create_AfterARestart_RemembersWhatWasSaid()
    {
        using (FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly, Journal))
        {
            FeedbackMark mark = Assert.Single(book.Of("p", "s"));
            for (int i = 0; i < 5; i++)
                book.Add(mark with { Verdict = i % 2 == 0 ? FeedbackVerdict.Confirmed : FeedbackVerdict.NoAnomaly });
            book.Add(mark with { Verdict = FeedbackVerdict.NoAnomaly });
            book.Add(mark with { AlertId = "other", Verdict = FeedbackVerdict.Confirmed });
        }

        for (int restart = 0; restart < 2; restart++)
        {
            using var again = new FeedbackBook(Journal);
            Assert.Equal(0.5, again.Precision("p"));
            Assert.True(again.IsFaulty("p", "s", JudgeBench.At(3).UtcTicks));
            Assert.False(again.IsFaulty("p", "s", JudgeBench.At(30).UtcTicks));
            Assert.Equal(2, again.Of("p", "s").Count);
        }
    }

    [Fact]
    public void Judge_ModelWithItsFeaturesInAnotherOrder_FindsTheirNames()
    {
        using FeedbackBook book = Marked(FeedbackVerdict.NoAnomaly);
        FeedbackMark mark = Assert.Single(book.Of("p", "s"));
        using var other = new FeedbackBook();
        other.Add(mark with
        {
            Pattern = mark.Pattern with
            {
                Features = ["gone", "c", "b", "a"], Directions = [.. mark.Pattern.Directions.Select(direction => (float[])[0, direction[2], direction[1], direction[0]])],
            },
        });
        Assert.Empty(Feed(other, 100, 3, s_fault).Alerts);
    }

    private FeedbackBook Marked(FeedbackVerdict verdict, string? journal = null)
    {
        var book = new FeedbackBook(journal);
        JudgeBench bench = Feed(book, 0, 3, s_fault);
        book.Add(Mark(bench.Alerts[^1], verdict));
        return book;
    }

    private JudgeBench Feed(FeedbackBook book, int from, double score, params float[] shares)
    {
        var bench = new JudgeBench(_options, DecidingContext.None with { Feedback = book });
        for (int second = from; second < from + 10; second++)
            bench.Feed(second, score, shares);
        return bench;
    }

    private static FeedbackMark Mark(Alert alert, FeedbackVerdict verdict) => new(
        alert.Id, verdict, alert.Pipeline, alert.Series, JudgeBench.At(50), "test", alert.StartedAt, JudgeBench.At(9), alert.Pattern!);
}
