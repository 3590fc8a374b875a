using Detector.Models.Compute;
using Detector.Models.Logs.Sessions;

namespace Detector.Models.Tests.Logs;

public sealed class SessionModelTests
{
    private static readonly Lazy<SessionModel> s_model = new(() => Train(new SessionModelOptions { MaxSteps = 200 }));

    [Theory]
    [InlineData("an event that never came", new ulong[] { 1, 2, 2, 3, 99, 4 })]
    [InlineData("no end", new ulong[] { 1, 2, 2, 2 })]
    [InlineData("far too often", new ulong[] { 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4 })]
    [InlineData("nothing at all", new ulong[0])]
    public void Judge_UnlikeNormalSessions_IsAnomalous(string what, ulong[] session) => Assert.True(s_model.Value.Judge(session).IsAnomalous, what);

    [Fact]
    public void Judge_WrongOrder_IsSeenByTheTransitions()
    {
        SessionVerdict verdict = s_model.Value.Judge([4, 2, 2, 3, 1]);
        Assert.True(verdict.IsAnomalous);
        Assert.Equal(0, verdict.Views["counts"], 6);
        Assert.True(verdict.Views["transitions"] > 2, $"{verdict.Views["transitions"]}");
    }

    [Fact]
    public void Judge_NewEvent_IsNamedFirst() => Assert.Equal(99ul, s_model.Value.Judge([1, 2, 2, 3, 99, 4]).Events[0].Event);

    [Fact]
    public void Judge_FreshNormalSessions_KeepsTheStatedRate()
    {
        int alarms = Sessions(seed: 2, 4000).Count(session => s_model.Value.Judge(session).IsAnomalous);
        // 0.1 % of 4000 is 4; 13 would be chance once in ten thousand.
        Assert.InRange(alarms, 0, 13);
    }

    [Fact]
    public void Train_SameSessions_GivesTheSameScores()
    {
        using SessionModel again = Train(new SessionModelOptions { MaxSteps = 200 });
        ulong[] session = [1, 2, 3, 3, 4];
        Assert.Equal(s_model.Value.Judge(session).Score, again.Judge(session).Score);
        Assert.Equal(s_model.Value.Threshold, again.Threshold);
    }

    [Fact]
    public void Train_TooFew_SaysSo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SessionModel.Train(Sessions(1, 5), new SessionModelOptions(), ComputeDevice.Select("cpu"), TimeProvider.System));
        Assert.Contains("at least 40", error.Message, StringComparison.Ordinal);
    }

    private static SessionModel Train(SessionModelOptions options) => SessionModel.Train(Sessions(1, 2000), options, ComputeDevice.Select("cpu"), TimeProvider.System);

    /// <summary>Start, two or three steps, one to three checks, an end.</summary>
    private static List<ulong[]> Sessions(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong[])
            [1, .. Enumerable.Repeat(2ul, 2 + random.Next(2)), .. Enumerable.Repeat(3ul, 1 + random.Next(3)), 4])];
    }
}
