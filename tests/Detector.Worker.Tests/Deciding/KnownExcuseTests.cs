using Detector.Worker.Contracts;
using Detector.Worker.Deciding;

namespace Detector.Worker.Tests.Deciding;

/// <summary>What the series' own learning asks about, or has taken for normal, is not told again.</summary>
public sealed class KnownExcuseTests
{
    private static readonly float[] s_known = [0.7f, 0.2f, 0.1f], s_other = [0.1f, 0.2f, 0.7f];
    private readonly Known _known = new();
    private readonly JudgeBench _bench;

    public KnownExcuseTests() =>
        _bench = new JudgeBench(
            new AlertOptions { MergeGap = TimeSpan.FromSeconds(10), RepeatInterval = TimeSpan.Zero }, DecidingContext.None with { Known = _known });

    [Fact]
    public void Judge_LikeWhatIsKnown_IsNotToldAndCounted()
    {
        Feed(100, 20, s_known);

        Assert.Empty(_bench.Alerts);
        Assert.Equal([SuppressionReason.Known], _bench.Suppressions);
        Assert.True(_bench.Judge.IsOpen); // and is an episode all the same: nothing is learned from it as from quiet samples
    }

    [Fact]
    public void Judge_AnotherDeviation_IsToldWithItsFirstSample()
    {
        _bench.Feed(100, 3, s_other);

        Assert.Equal(JudgeBench.At(100), Assert.Single(_bench.Alerts).StartedAt);
        Assert.Empty(_bench.Suppressions);
    }

    [Fact]
    public void Judge_AnotherOneJoinsWhatIsKnown_IsToldAfterFiveSamples()
    {
        Feed(100, 10, s_known);
        Feed(110, 20, s_other);

        Assert.InRange(Assert.Single(_bench.Alerts).StartedAt, JudgeBench.At(110), JudgeBench.At(120));
    }

    [Fact]
    public void Judge_QuestionIsAskedWhileItFires_WhatWasToldGoesOn()
    {
        _known.IsOpen = false;
        _bench.Feed(100, 3, s_known);
        _known.IsOpen = true;
        Feed(101, 10, s_known);

        Assert.Equal([AlertState.Firing], _bench.States);
        Assert.Empty(_bench.Suppressions);
    }

    private void Feed(int from, int count, float[] shares)
    {
        for (int second = from; second < from + count; second++)
            _bench.Feed(second, 3, shares);
    }

    private sealed class Known : IExcuses
    {
        public bool IsOpen { get; set; } = true;

        public bool Any => IsOpen;

        public bool Excuses(ReadOnlySpan<float> direction, double score, long lasting) => IsOpen && direction[0] > 0.8f;
    }
}
