using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class BoundedQueueTests
{
    private readonly BoundedQueue<string> _queue = new("stage", 2);

    [Fact]
    public void TryAdd_Full_SaysNoAndKeepsTheOrder()
    {
        Assert.True(_queue.TryAdd("a"));
        Assert.True(_queue.Add("b"));
        Assert.False(_queue.TryAdd("c"));
        Assert.True(_queue.TryTake(out string? first));
        Assert.True(_queue.TryAdd("c"));
        Assert.True(_queue.TryTake(out string? second));
        Assert.True(_queue.TryTake(out string? third));
        Assert.Equal("abc", first + second + third);
    }

    [Fact]
    public void TryTake_Complete_GivesWhatIsLeftAndEnds()
    {
        _queue.TryAdd("a");
        _queue.Complete();
        Assert.False(_queue.Add("b"));
        Assert.True(_queue.TryTake(out _));
        Assert.False(_queue.TryTake(out _));
    }

    [Fact]
    public async Task Abandon_SomeoneWaits_LetsHimGo()
    {
        var empty = new BoundedQueue<string>("empty", 1);
        Task<bool> taking = Task.Factory.StartNew(() => empty.TryTake(out _), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _queue.TryAdd("a");
        _queue.TryAdd("b");
        Task<bool> adding = Task.Factory.StartNew(() => _queue.Add("c"), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        empty.Abandon();
        _queue.Abandon();

        Assert.False(await taking);
        Assert.False(await adding);
        Assert.False(_queue.TryTake(out _));
    }
}
