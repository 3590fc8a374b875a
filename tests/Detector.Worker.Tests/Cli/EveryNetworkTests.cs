using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli;

/// <summary>Every network that a configuration can name, in everything that trains or scores.</summary>
public sealed class EveryNetworkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Names => [.. AutoencoderFactory.Names];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_ThenRun_TheTrainedModelServes(string network)
    {
        string state = Path.Combine(_directory.Path, "state"), input = _directory.Write("s.csv", Recording.Csv(300)), report = Path.Combine(_directory.Path, "report.html");
        string[] settings = ["Window:Length=00:00:08", "Window:Period=00:00:01", "Model:Latent=4", "Training:MaxSteps=60", "Threshold:Method=quantile", $"Model:Networks:0={network}"];
        ToolResult result = await InProcess.RunAsync(
            ["train", "--input", input, "--state", state, "--pipeline", "p", "--report", report, "--output", "json", .. settings.SelectMany(setting => (string[])["--set", setting])]);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.Equal(ExitCodes.Ok, (await InProcess.RunAsync("model", "verify", "--state", state)).ExitCode);
        Assert.Equal(ExitCodes.Ok, (await InProcess.RunAsync("model", "inspect", "--state", state)).ExitCode);

        PipelineOptions options = Options(network);
        options.Model.Latent = 4;
        PipelineRuntime pipeline = TestPipeline.Create(options, new ArtifactStore(StateOptions.Models(state)));
        pipeline.Refused = refusal => Assert.Fail(refusal);
        using TestFlow flow = new TestFlow(pipeline, new StubSource([.. Rows.Messages("s", 0, 30)])).RunToEnd();
        Assert.Equal(0, flow.Training.Trained);
        Assert.Equal(23, flow.Verdicts["s"].Count);
        Assert.All(flow.Verdicts["s"], pair => Assert.True(double.IsFinite(pair.Verdict.Score)));
        Assert.Equal(JsonDocument.Parse(result.Output).RootElement.GetProperty("version").GetString(), pipeline.SlotOf("s").Model!.Version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backtest_SensorsThatNoLongerBelongTogether_ScoreHigher(string network)
    {
        PipelineOptions options = Options(network);
        options.Training.Warmup = TrainingOptions.Endless;
        using var run = new BacktestRun(TestPipeline.Create(options), CsvInput.Decoder("s", ["label"], TimeProvider.System), "s") { TrainAfter = 300 };
        string input = _directory.Write("s.csv", Recording.Csv(380, (row, feature, value) => row is >= 350 and < 358 && feature == 1 ? value + 12 : value));
        CsvInput.Read(input, run);
        run.Finish();

        double[] scores = [.. run.Rows.Select(row => row.Verdict!.Value.Score)];
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.True(scores[50..58].Min() > scores[..50].Max(), $"{scores[50..58].Min()} and {scores[..50].Max()}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_WarmUp_TrainsAndScores(string network)
    {
        using TestFlow flow = new TestFlow(TestPipeline.Create(Options(network)), new StubSource([.. Rows.Messages("s", 0, 240)])).RunToEnd();
        Assert.Equal(1, flow.Training.Trained);
        Assert.True(flow.Verdicts["s"].Count > 30);
    }

    private static PipelineOptions Options(string network)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Networks = [network];
        options.Training.MaxSteps = 60;
        options.Training.LearningRate = 3e-3;
        return options;
    }
}
