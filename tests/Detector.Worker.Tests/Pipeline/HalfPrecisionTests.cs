using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A pipeline whose network torch scores in bfloat16, from bytes to alerts and over a restart.</summary>
public sealed class HalfPrecisionTests : IDisposable
{
    private const int Fault = 240;
    private static readonly string[] s_messages = [.. Rows.Messages("s", 0, 300, faultFrom: Fault)];
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Run_BFloat16_AlertsAsInSinglePrecisionAndOverARestart()
    {
        using TestFlow half = Run("bfloat16", "half", s_messages), single = Run("float32", "single", s_messages);

        Assert.Empty(_notes);
        Assert.Equal(single.Alerts.Select(alert => (alert.State, alert.StartedAt)), half.Alerts.Select(alert => (alert.State, alert.StartedAt)));
        Assert.Contains(half.Alerts, alert => alert.StartedAt >= Rows.Time(Fault) && alert.StartedAt < Rows.Time(Fault + 8));
        Assert.Equal("bfloat16", Stored("half").Precision);
        Assert.NotEqual(single.Verdicts["s"].Select(pair => pair.Verdict.Score), half.Verdicts["s"].Select(pair => pair.Verdict.Score));

        using TestFlow again = Run("bfloat16", "half", s_messages[(Fault - 20)..]);
        Assert.Equal(half.Verdicts["s"][0].Verdict.Threshold, again.Verdicts["s"][0].Verdict.Threshold);
        Assert.Contains(again.Alerts, alert => alert.StartedAt >= Rows.Time(Fault) && alert.StartedAt < Rows.Time(Fault + 8));

        using TestFlow changed = Run("float32", "half", s_messages[(Fault - 20)..]);
        Assert.Equal(0, changed.Training.Trained);
        Assert.Contains(changed.Alerts, alert => alert.StartedAt >= Rows.Time(Fault) && alert.StartedAt < Rows.Time(Fault + 8));
        Assert.Empty(_notes);
    }

    [Fact]
    public void Live_PrecisionThatIsNotServed_IsLoggedAndCounted()
    {
        Run("float32", "plain", s_messages).Dispose();
        PipelineRuntime pipeline = Pipeline("float16", "plain");

        bool served = pipeline.SlotOf("s").Model!.Scorer.Precision == Precision.F16;

        Assert.Equal(ComputeDevice.Select(ComputeDevice.CpuByTorch).Problem(Precision.F16) is null, served);
        Assert.Equal(served ? 0 : 1, _notes.Count(note => note.Contains("float16", StringComparison.Ordinal)));
    }

    private TestFlow Run(string precision, string directory, string[] messages) => new TestFlow(Pipeline(precision, directory), new StubSource(messages)) { Patience = TimeSpan.FromMinutes(3) }.RunToEnd();

    private PipelineRuntime Pipeline(string precision, string directory)
    {
        PipelineOptions options = TestPipeline.Options();
        (options.Model.Networks, options.Model.Hidden, options.Model.Precision) = (["recurrent"], [12], precision);
        PipelineRuntime pipeline = TestPipeline.Create(options, Store(directory), device: ComputeDevice.CpuByTorch);
        pipeline.Refused = _notes.Add;
        return pipeline;
    }

    private ArtifactManifest Stored(string directory) => Store(directory).List().Single().Manifest!;

    private ArtifactStore Store(string directory) => new(Path.Combine(_directory.Path, directory));
}
