using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Tests.Pipeline;

public sealed class HotPathTests
{
    private const int Messages = 1000, Runs = 8;

    [Fact]
    public void Messages_FromBytesToVerdicts_SteadyState_AllocateNothing()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        LiveModel model = pipeline.Live(TestPipeline.Learned);
        pipeline.SlotOf("s").Activate(model with { Threshold = model.Threshold with { Method = "static", Options = new() { StaticValue = 1000 }, Value = 1000 } });
        var bench = new LaneBench(pipeline, maxBatch: 64);
        using var scorer = new BatchScorer();
        var stage = new VerdictStage(new VerdictPublisher(bench.Clock, CancellationToken.None));
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
                    stage.Judge(batch);
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
