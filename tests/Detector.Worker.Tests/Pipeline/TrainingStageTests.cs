using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class TrainingStageTests
{
    [Fact]
    public void Run_ManySlotsWait_SavesOnceAndTrainsThemAll()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState[] series = [.. Enumerable.Range(0, 5).Select(i => Collected(pipeline, $"s{i}", i == 2 ? 20 : TestPipeline.TrainRows))];
        using var stop = new CancellationTokenSource();
        int saves = 0;
        var receiver = new StubTraining();
        using var stage = new TrainingStage(receiver, _ => saves++, stop.Token);
        foreach (SeriesState one in series)
            stage.Request(one);

        var thread = new StageThread("training", stage.Run, (_, error) => Assert.Fail(error.ToString()));
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => series.All(one => one.Slot.Phase != SlotPhase.Training), TimeSpan.FromMinutes(1)));
        stop.Cancel();
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)));

        Assert.Equal(1, saves);
        Assert.Equal([SlotPhase.Active, SlotPhase.Active, SlotPhase.Warming, SlotPhase.Active, SlotPhase.Active], series.Select(one => one.Slot.Phase));
    }

    [Fact]
    public void Raise_OnAThread_LeavesTheOthersAsTheyAre()
    {
        int before = Niceness(), raised = -1;
        var thread = new Thread(() =>
        {
            Assert.True(ThreadNiceness.Raise(before + 1));
            raised = Niceness();
        });
        thread.Start();
        thread.Join();

        Assert.Equal((before, before + 1), (Niceness(), raised));
    }

    /// <summary>Of the calling thread, as the kernel tells it.</summary>
    private static int Niceness() =>
        int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);

    private static SeriesState Collected(PipelineRuntime pipeline, string name, int rows)
    {
        SeriesState state = pipeline.TryCreateSeries(name, _ => { })!;
        for (int row = 0; row < rows; row++)
            Assert.Equal(DropReason.None, state.Offer(TestPipeline.Sample(row, series: name), Receipt.None, 0, new StubOutput(), out _));
        state.Slot.Complete();
        return state;
    }
}
