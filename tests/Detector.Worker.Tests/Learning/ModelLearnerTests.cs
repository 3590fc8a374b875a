using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Training;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Windowing;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Learning;

/// <summary>A restart: what one pipeline has stored, another finds.</summary>
public sealed class ModelLearnerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;
    private readonly FakeClock _clock = new();
    private readonly List<string> _refusals = [];

    public ModelLearnerTests() => _store = new ArtifactStore(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Restart_SameConfiguration_ScoresAgainOnceTheWindowIsFull()
    {
        string[] messages = [.. Rows.Messages("s", 0, 300)];
        using TestFlow before = new TestFlow(Pipeline(), new StubSource(messages)).RunToEnd();
        using TestFlow after = new TestFlow(Pipeline(), new StubSource(messages[220..])).RunToEnd();

        Assert.Equal((1, 0), (before.Training.Trained, after.Training.Trained));
        Assert.Equal(Rows.Time(227).UtcTicks, after.Verdicts["s"][0].Ticks);
        Assert.Equal(before.Verdicts["s"].Skip(27).Select(pair => pair.Ticks), after.Verdicts["s"].Select(pair => pair.Ticks));
        Assert.Equal(before.Verdicts["s"][0].Verdict.Threshold, after.Verdicts["s"][0].Verdict.Threshold);
        Assert.Empty(after.Source.Ledger.Unfinished);
        Assert.Empty(_refusals);
    }

    [Fact]
    public void Restart_OtherRateOfFalseAlarms_IsFollowed()
    {
        LearnedModel learned = Train(options => Spot(options, "1 per series per day"));
        ModelSlot same = Pipeline(options => Spot(options, "1 per series per day")).SlotOf("s");
        ModelSlot rarer = Pipeline(options => Spot(options, "1 per series per 30 days")).SlotOf("s");

        Assert.Equal(learned.Threshold.Value, same.Model!.Threshold.Value);
        Assert.True(rarer.Model!.Threshold.Value > learned.Threshold.Value);
        Assert.Equal(1.0 / 30, rarer.Model.Threshold.StatedPerDay, 12);
        Assert.Equal(learned.Threshold.Options.ClusterGap, rarer.Model.Threshold.Options.ClusterGap);

        static void Spot(PipelineOptions options, string rate) => (options.Threshold.Method, options.Threshold.FalseAlarms) = ("spot", rate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ChallengerOfAStoredChampion_BeginsWithItsWeightsIfAskedTo(bool warm)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Networks = ["denoising"];
        ModelSettings settings = ModelSettingsFactory.Create(options);
        ModelLearner Learner(int steps) => new(
            "p", settings with { Trainer = settings.Trainer with { MaxSteps = steps } }, 3, _store, ComputeDevice.Select("cpu"), _clock) { WarmStarts = warm };
        var rows = new RowsReplay(
            Rows.Features, WindowShape.From(options.Window, TimeSpan.TicksPerSecond), [.. Enumerable.Range(0, 300).Select(row => Rows.Time(row).UtcTicks)], [.. Enumerable.Range(0, 300).SelectMany(row => Rows.Values(row))]);
        LearnedModel champion = Learner(400).Learn("s", rows, TimeSpan.TicksPerSecond, TimeSpan.FromSeconds(10), null, null, CancellationToken.None);

        Candidate challenger = Learner(10).Train("s", rows, TimeSpan.TicksPerSecond, TimeSpan.FromSeconds(10), null, null, CancellationToken.None, champion.Model);

        double before = champion.Report!.Networks[0].BestLoss, after = challenger.Learned.Report!.Networks[0].BestLoss;
        Assert.Equal(warm, after < 1.2 * before);
    }

    [Fact]
    public void Restart_OtherQuantile_IsFollowed()
    {
        LearnedModel learned = Train(_ => { });
        double lower = Pipeline(options => options.Threshold.Quantile = 0.5).SlotOf("s").Model!.Threshold.Value;
        Assert.InRange(lower, 0, learned.Threshold.Value * 0.9);
    }

    [Theory]
    [InlineData("networks")]
    [InlineData("window")]
    [InlineData("period")]
    [InlineData("scaler")]
    [InlineData("layers")]
    [InlineData("threshold")]
    public void Restart_ConfigurationAsksForAnother_RefusesAndWarmsUp(string what)
    {
        Train(_ => { });
        ModelSlot slot = Pipeline(options =>
        {
            switch (what)
            {
                case "networks":
                    options.Model.Networks = ["linear", "denoising"];
                    break;
                case "window":
                    options.Window.Length = TimeSpan.FromSeconds(9);
                    break;
                case "period":
                    options.Window.Period = TimeSpan.FromSeconds(2);
                    options.Window.Length = TimeSpan.FromSeconds(16);
                    break;
                case "scaler":
                    options.Model.Scaler = "robust";
                    break;
                case "layers":
                    options.Model.Latent = 3;
                    break;
                default:
                    options.Threshold.Method = "spot";
                    break;
            }
        }).SlotOf("s");

        Assert.Equal(SlotPhase.Warming, slot.Phase);
        Assert.Contains("refused", Assert.Single(_refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_NewestIsDamaged_TheOneBeforeServes()
    {
        LearnedModel first = Train(_ => { });
        _clock.Advance(TimeSpan.FromSeconds(1));
        LearnedModel second = Train(_ => { });
        string weights = Directory.GetFiles(_directory.Path, "*.safetensors", SearchOption.AllDirectories).Single(path => path.Contains(second.Version, StringComparison.Ordinal));
        File.WriteAllBytes(weights, [1, 2, 3]);

        Assert.Equal(first.Version, Pipeline().SlotOf("s").Model!.Version);
        Assert.Single(_refusals);
    }

    [Fact]
    public void Restart_SharedModel_ServesEverySeriesFromItsFirstSample()
    {
        static void Share(PipelineOptions options) => options.Model.Scope = "pipeline";
        Train(Share);
        PipelineRuntime pipeline = Pipeline(Share);
        pipeline.LoadShared();
        Assert.NotNull(Assert.Single(pipeline.Slots).Model);
        Assert.NotNull(pipeline.SlotOf("other").Model);
    }

    private LearnedModel Train(Action<PipelineOptions> change)
    {
        PipelineOptions options = TestPipeline.Options();
        change(options);
        PipelineRuntime pipeline = TestPipeline.Create(options, _store, clock: _clock);
        SeriesState series = new(key: "s", pipeline, new ModelSlot(pipeline.IsShared ? ArtifactManifest.SharedKey : "s", options), _ => { });
        series.Slot.Join(series);
        var output = new StubOutput();
        for (int row = 0; row < TestPipeline.TrainRows; row++)
            series.Offer(TestPipeline.Sample(row), Receipt.None, 0, output, out _);
        series.Slot.Complete();
        return ModelTraining.Train(pipeline, series.Slot, null, CancellationToken.None);
    }

    private PipelineRuntime Pipeline(Action<PipelineOptions>? change = null)
    {
        PipelineOptions options = TestPipeline.Options();
        change?.Invoke(options);
        PipelineRuntime pipeline = TestPipeline.Create(options, _store, clock: _clock);
        pipeline.Refused = _refusals.Add;
        return pipeline;
    }
}
