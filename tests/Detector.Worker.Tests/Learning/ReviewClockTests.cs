using Detector.Tests.Support;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class ReviewClockTests
{
    private static readonly long s_minute = TimeSpan.TicksPerMinute;

    [Fact]
    public void IsDue_OncePerInterval_AndNotWhileOneIsPending()
    {
        ReviewClock clock = Clock();
        long[] due = [.. Enumerable.Range(0, 200).Select(i => i * s_minute).Where(clock.IsDue)];
        Assert.Single(due);
        Assert.True(clock.NeedsAnswer(due[0] + 6 * s_minute));
        Assert.False(clock.NeedsAnswer(due[0] + 5 * s_minute));
        clock.Answered();
        long[] next = [.. Enumerable.Range(200, 120).Select(i => i * s_minute).Where(clock.IsDue)];
        Assert.Single(next);
    }

    [Fact]
    public void Ask_NextSample_IsDueAtOnce()
    {
        ReviewClock clock = Clock();
        Assert.False(clock.IsDue(0));
        clock.Ask();
        Assert.True(clock.IsDue(1));
        Assert.True(clock.IsCommanded);
    }

    [Fact]
    public void SaveAndLoad_KeepThePendingReview()
    {
        ReviewClock left = Clock(), right = Clock();
        long due = Enumerable.Range(0, 200).Select(i => i * s_minute).First(left.IsDue);
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        left.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        right.Load(reader);
        Assert.Equal(due, right.Pending);
        Assert.True(right.NeedsAnswer(due + 6 * s_minute));
    }

    [Fact]
    public void Budget_SpentOrFull_RefusesUntilTheHourIsOver()
    {
        var clock = new FakeClock();
        var budget = new TrainingBudget(clock, 2);
        Assert.True(budget.TryTake(60));
        Assert.True(budget.TryTake(60));
        Assert.False(budget.TryTake(60));
        budget.Spent(TimeSpan.FromSeconds(50));
        Assert.True(budget.TryTake(60));
        budget.Spent(TimeSpan.FromSeconds(20));
        Assert.False(budget.TryTake(60));
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True(budget.TryTake(60));
    }

    private static ReviewClock Clock() => new(new RetrainOptions { Review = TimeSpan.FromHours(1), Handover = TimeSpan.FromMinutes(5) }, 1234);
}
