using Detector.Models.Evaluation.Injection;
using Detector.Tests.Support;
using Detector.Worker.Cli.Tune;

namespace Detector.Worker.Tests.Cli.Tune;

public sealed class TuneSearchTests
{
    private static readonly TuneCandidate s_start = new("linear", 32, 32, "128", "standard");
    private readonly FakeClock _clock = new();
    private readonly List<TuneCandidate> _judged = [];

    [Fact]
    public void Run_EnoughBudget_FindsTheBestOfEverySettingAndEnds()
    {
        // Each setting has one value that is better than the others, whatever the others are.
        TuneSearch search = Search(TimeSpan.FromHours(1), candidate =>
            (candidate.Networks == "dense,linear" ? 0.2 : 0) + (candidate.Rows == 8 ? 0.2 : 0) + (candidate.Latent == 64 ? 0.2 : 0)
            + (candidate.Hidden == "64" ? 0.1 : 0) + (candidate.Scaler == "robust" ? 0.1 : 0));
        search.Run(s_start, CancellationToken.None);

        Assert.Equal(new TuneCandidate("dense,linear", 8, 64, "64", "robust"), search.Best!.Candidate);
        Assert.True(search.IsExhausted);
        Assert.Equal(_judged.Distinct(), _judged);
        Assert.Equal(s_start, _judged[0]);
    }

    [Fact]
    public void Run_ShortBudget_BeginsNothingThatWouldNotEndInTime()
    {
        TuneSearch search = Search(TimeSpan.FromSeconds(35), _ => 0.5);
        search.Run(s_start, CancellationToken.None);

        Assert.Equal((3, false), (search.Results.Count, search.IsExhausted)); // of ten seconds each
        Assert.True(_clock.GetUtcNow() - new FakeClock().GetUtcNow() <= TimeSpan.FromSeconds(35));
    }

    [Fact]
    public void Run_CandidateTakesLongerThanIsLeft_IsStoppedAndNotCounted()
    {
        var search = new TuneSearch(
            (candidate, stop) =>
            {
                _judged.Add(candidate);
                _clock.Advance(TimeSpan.FromSeconds(_judged.Count == 1 ? 10 : 100));
                stop.ThrowIfCancellationRequested();
                return Result(candidate, 0.5);
            },
            _clock, TimeSpan.FromSeconds(60), 100, (_, _) => { });
        search.Run(s_start, CancellationToken.None);

        Assert.Equal((2, 1), (_judged.Count, search.Results.Count));
        Assert.Equal(s_start, search.Best!.Candidate);
    }

    [Fact]
    public void Run_LittleBetter_KeepsWhatThereWas()
    {
        TuneSearch search = Search(TimeSpan.FromHours(1), candidate => candidate == s_start ? 0.5 : 0.5 + (0.9 * TuneSearch.LeastGain));
        search.Run(s_start, CancellationToken.None);
        Assert.Equal(s_start, search.Best!.Candidate);
    }

    [Fact]
    public void Run_MostCandidates_AreNotExceeded()
    {
        TuneSearch search = Search(TimeSpan.FromHours(1), candidate => candidate.Rows / 1000.0, 4);
        search.Run(s_start, CancellationToken.None);
        Assert.Equal(4, _judged.Count);
        Assert.Equal(64, search.Best!.Candidate.Rows); // 32, 16, 64 and 8 were tried
    }

    [Fact]
    public void Run_CallerStops_Throws()
    {
        using var stop = new CancellationTokenSource();
        var search = new TuneSearch(
            (_, token) =>
            {
                stop.Cancel();
                token.ThrowIfCancellationRequested();
                return null;
            },
            _clock, TimeSpan.FromHours(1), 10, (_, _) => { });
        Assert.ThrowsAny<OperationCanceledException>(() => search.Run(s_start, stop.Token));
    }

    private TuneSearch Search(TimeSpan budget, Func<TuneCandidate, double> merit, int most = 1000) => new(
        (candidate, _) =>
        {
            _judged.Add(candidate);
            _clock.Advance(TimeSpan.FromSeconds(10));
            return Result(candidate, merit(candidate));
        },
        _clock, budget, most, (_, _) => { });

    private static TuneResult Result(TuneCandidate candidate, double merit) =>
        new(candidate, [new InjectionOutcome(InjectedKind.Spike, 10, 5, merit)], 1, 0, 1, 1);
}
