using System.Globalization;
using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Tests.Windowing;

namespace Detector.Worker.Tests.Pipeline;

public sealed class SourceLanePropertyTests
{
    [Fact]
    public void TryAccept_AnyStream_AccountsForEveryMessage()
    {
        var reasons = new HashSet<DropReason>();
        Properties.Hold(DirtyStream.Any, tests: 100, property: stream =>
        {
            PipelineOptions options = TestPipeline.Options();
            options.Training.Warmup = TrainingOptions.Endless;
            options.Window.AllowedLateness = TimeSpan.FromMilliseconds(stream.Lateness);
            PipelineRuntime pipeline = TestPipeline.Create(options);
            var bench = new LaneBench(pipeline);
            bench.Send(stream.Arrivals.Select(Json));
            bench.Lane.EndOfInput();

            int accepted = pipeline.Series.Sum(series => series.Pool.Count);
            Assert.Equal(stream.Arrivals.Count, accepted + bench.DeadLetters.Reasons.Count);
            Assert.Equal(bench.Ledger.Begun, stream.Arrivals.Count);
            Assert.Empty(bench.Ledger.Unfinished);
            reasons.UnionWith(bench.DeadLetters.Reasons);
        });
        Assert.Equal([DropReason.Late, DropReason.Duplicate], reasons.Order());
    }

    /// <summary>A tick of the stream is a millisecond here.</summary>
    private static string Json(DirtyStream.Sample sample)
    {
        var text = new StringBuilder($$"""{"id":"s","timestamp":"{{Rows.Start.AddMilliseconds(sample.Ticks):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","values":{"pad":null""");
        for (int i = 0; i < sample.Values.Length; i++)
        {
            if (!double.IsNaN(sample.Values[i]))
                text.Append(CultureInfo.InvariantCulture, $",\"{Rows.Features[i]}\":{sample.Values[i]:R}");
        }

        return text.Append("}}").ToString();
    }
}
