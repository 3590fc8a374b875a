using Detector.Models.Evaluation.Trials;

namespace Detector.Models.Tests.Evaluation.Trials;

public sealed class PromotionRuleTests
{
    private static readonly TrialFigures s_champion = new(7, 1, 0.01, 1, 40, 20, 18, 0.8);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 0)]
    [InlineData(0.06, 1)]
    [InlineData(1, 3)]
    [InlineData(10, 15)]
    public void Allowed_Expected_IsPoissonsUpperBound(double expected, int allowed) => Assert.Equal(allowed, PromotionRule.Allowed(expected));

    [Fact]
    public void Refusal_AsGood_IsPromoted() => Assert.Null(PromotionRule.Refusal(s_champion, s_champion));

    [Fact]
    public void Refusal_MoreFalseAlarmsThanAllowed_SaysSo() =>
        Assert.Contains("false alarms", PromotionRule.Refusal(s_champion, s_champion with { FalseAlarms = 4 }), StringComparison.Ordinal);

    [Fact]
    public void Refusal_FewerFalseAlarmsThanABadChampion_IsPromoted() =>
        Assert.Null(PromotionRule.Refusal(s_champion with { FalseAlarms = 30, Flagged = 0.5, Found = 40 }, s_champion with { FalseAlarms = 2, Found = 21 }));

    [Fact]
    public void Refusal_Blinder_SaysSo()
    {
        Assert.Contains("sees 17 of 40", PromotionRule.Refusal(s_champion, s_champion with { Seen = 17 }), StringComparison.Ordinal);
        Assert.Contains("finds 19 of 40", PromotionRule.Refusal(s_champion, s_champion with { Found = 19 }), StringComparison.Ordinal);
        Assert.Contains("area", PromotionRule.Refusal(s_champion, s_champion with { AucPr = 0.7 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_BetterBeyondChance_EquallyGoodIsRefused_BetterIsPromoted()
    {
        Assert.Contains("no better", PromotionRule.Refusal(s_champion, s_champion with { AucPr = 0.83 }, ChallengerMust.BeBetterBeyondChance), StringComparison.Ordinal);
        Assert.Null(PromotionRule.Refusal(s_champion, s_champion with { AucPr = 0.9 }, ChallengerMust.BeBetterBeyondChance));
        Assert.Null(PromotionRule.Refusal(s_champion with { FalseAlarms = 30 }, s_champion with { FalseAlarms = 1 }, ChallengerMust.BeBetterBeyondChance));
    }

    [Theory]
    [InlineData(28, false)]
    [InlineData(29, true)] // 11 of 40 more, with a standard deviation of 4.4
    public void Refusal_BetterBeyondChance_MoreIsSeenThanByChance(int seen, bool isPromoted) =>
        Assert.Equal(isPromoted, PromotionRule.Refusal(s_champion, s_champion with { Seen = seen }, ChallengerMust.BeBetterBeyondChance) is null);

    [Theory]
    [InlineData(1, true)] // where a seventh is stated, once in eight times chance
    [InlineData(2, false)]
    public void Refusal_BetterBeyondChance_ChampionThatGivesTooManyBeyondChance_IsReplaced(int falseAlarms, bool isRefused) =>
        Assert.Equal(isRefused, PromotionRule.Refusal(
            s_champion with { Expected = 0.14, FalseAlarms = falseAlarms }, s_champion with { Expected = 0.14, FalseAlarms = 0 }, ChallengerMust.BeBetterBeyondChance) is not null);

    [Fact]
    public void Refusal_Better_EquallyGoodIsRefused_LittleBetterIsPromoted()
    {
        Assert.Contains("no better", PromotionRule.Refusal(s_champion, s_champion with { Seen = 19 }, ChallengerMust.BeBetter), StringComparison.Ordinal);
        Assert.Null(PromotionRule.Refusal(s_champion, s_champion with { Seen = 21 }, ChallengerMust.BeBetter));
        Assert.Null(PromotionRule.Refusal(s_champion, s_champion with { AucPr = 0.83 }, ChallengerMust.BeBetter));
    }

    [Fact]
    public void Refusal_NothingToCompare_SaysSo() =>
        Assert.Contains("stand still", PromotionRule.Refusal(s_champion with { Events = 0 }, s_champion with { Events = 0 }), StringComparison.Ordinal);
}
