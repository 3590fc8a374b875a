using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Tests.Pipeline;

public sealed class HotPathTests
{
    private const int Messages = 1000, Runs = 8;

    /// <summary>Up to the threshold, which allocates when a cluster of high scores is over and it is fitted anew.</summary>
    [Fact]
    public void Messages_FromBytesToScores_SteadyState_AllocateNothing()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        pipeline.SlotOf("s").Activate(pipeline.Live(TestPipeline.Learned));
        var bench = new LaneBench(pipeline, maxBatch: 64);
        using var scorer = new BatchScorer();
        RawMessage[] messages = [.. Rows.Messages("s", 0, Runs * Messages).Select((text, i) => new RawMessage(Encoding.UTF8.GetBytes(text), default, "topic", 0, i, Receipt.None))];
        int next = 0, scored = 0;

        void Run()
        {
            for (int end = next + Messages; next < end; next++)
            {
                bench.Offer(messages[next]);
                while (bench.Queue.TryTakeNow(out PipelineBatch? batch))
                {
                    scorer.Score(batch.Windows);
                    scored += batch.Count;
                    bench.Return(batch);
                }
            }
        }

        Run();
        Run();
        Assert.Equal(0, Allocations.Least(Run));
        Assert.InRange(scored, next - 100, next); // all but the first windows and those that are still gathered
        Assert.Empty(bench.DeadLetters.Reasons);
    }
}
