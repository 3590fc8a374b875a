using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Pipeline;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli.Train;

public sealed class TrainCommandTests : IDisposable
{
    /// <summary>A pipeline that trains at once.</summary>
    private static readonly string[] s_small =
        ["--set", "Model:Networks:0=linear", "--set", "Window:Length=00:00:08", "--set", "Threshold:Method=quantile"];

    private readonly TemporaryDirectory _directory = new();

    private string State => Path.Combine(_directory.Path, "state");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("series", "pump-3", "pump-3")]
    [InlineData("pipeline", "*", "another")]
    public async Task Train_PipelineOfAConfiguration_ServesItWithoutWarmup(string scope, string key, string series)
    {
        string config = _directory.Write("config.json", Configuration(scope));
        string input = _directory.Write("pump-3.csv", Recording.Csv(300));
        ToolResult result = await InProcess.RunAsync("train", "--input", input, "--config", config, "--output", "json");

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(("pumps", key, 300), (json.GetProperty("pipeline").GetString(), json.GetProperty("series").GetString(), json.GetProperty("training").GetProperty("samples").GetInt32()));
        string version = json.GetProperty("version").GetString()!;
        Assert.Equal(Path.Combine(State, "models", "pumps", SafeName.Of(key), version), json.GetProperty("directory").GetString());

        PipelineOptions options = ConfigurationLoader.Load([config], [], new Dictionary<string, string>()).Options.Pipelines["pumps"];
        PipelineRuntime pipeline = TestPipeline.Create(options, new ArtifactStore(StateOptions.Models(State)), name: "pumps");
        pipeline.Refused = refusal => Assert.Fail(refusal);
        Assert.Equal(version, pipeline.SlotOf(series).Model!.Version);
    }

    [Fact]
    public async Task Train_Again_AddsAVersionThatLearnedFromTheFileAndNotFromTheStore()
    {
        string input = _directory.Write("pump.csv", Recording.Csv(300));
        foreach (int _ in (int[])[1, 2])
        {
            ToolResult result = await InProcess.RunAsync(["train", "--input", input, "--state", State, .. s_small]);
            Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
            Assert.StartsWith("learned from 300 rows × 3 features, 2025-12-01 00:00:00 to 2025-12-01 00:04:59", result.Output, StringComparison.Ordinal);
        }

        Assert.Equal(2, new ArtifactStore(StateOptions.Models(State)).Versions("default", "pump").Count);
    }

    [Fact]
    public async Task Train_NamedPipelineAndSeries_AreTheModels()
    {
        string input = _directory.Write("pump.csv", Recording.Csv(300));
        ToolResult result = await InProcess.RunAsync(["train", "--input", input, "--state", State, "--pipeline", "pumps", "--series", "hall/1", .. s_small]);

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.Single(new ArtifactStore(StateOptions.Models(State)).Versions("pumps", "hall/1"));
        Assert.Contains("of 'hall/1' in pipeline 'pumps'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NowhereToStore_ExitsWith64()
    {
        string input = _directory.Write("pump.csv", Recording.Csv(300));
        ToolResult result = await InProcess.RunAsync("train", "--input", input);

        Assert.Equal((ExitCodes.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains("--state DIR", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no row that can be learned from")]
    [InlineData("timestamp,a\nsoon,1\nlater,2\n", "2 dropped as bad_timestamp")]
    [InlineData("timestamp,a\n2026-01-01T00:00:00Z,1\n", "no two samples at different times")]
    public async Task Train_NothingToLearnFrom_SaysSoAndStoresNothing(string csv, string sentence)
    {
        string input = _directory.Write("pump.csv", csv);
        ToolResult result = await InProcess.RunAsync(["train", "--input", input, "--state", State, .. s_small]);

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(State));
    }

    [Fact]
    public async Task Train_Report_IsOneFileWithEveryPicture()
    {
        string input = _directory.Write("pump<3>.csv", Recording.Csv(400));
        string report = Path.Combine(_directory.Path, "report.html"), again = Path.Combine(_directory.Path, "again.html");
        ToolResult result = await InProcess.RunAsync(
            "train", "--input", input, "--state", State, "--report", report, "--set", "Model:Networks:0=linear", "--set", "Model:Networks:1=denoising",
            "--set", "Training:MaxSteps=150", "--set", "Window:Length=00:00:08", "--set", "Threshold:Method=quantile");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));

        string page = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.Contains("<h1>default / pump&lt;3&gt;</h1>", page, StringComparison.Ordinal);
        string[] pictures =
        [
            "Losses of denoising", "Histogram of scores", "Observed and fitted tail", "Residuals of a", "Residuals of b", "Residuals of c", "Codes of denoising", "Codes of linear",
        ];
        Assert.All(pictures, picture => Assert.Contains($"aria-label=\"{picture}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        // Nothing is fetched from anywhere, and it is well-formed where it is drawn.
        Assert.DoesNotMatch("(src|href)=|url\\(|@import|<script", page);
        Assert.All(System.Text.RegularExpressions.Regex.Matches(page, "<svg.*?</svg>", System.Text.RegularExpressions.RegexOptions.Singleline), svg => System.Xml.Linq.XElement.Parse(svg.Value));

        await InProcess.RunAsync("model", "inspect", "--state", State, "--report", again);
        Assert.Equal(page, await File.ReadAllTextAsync(again, TestContext.Current.CancellationToken));
    }

    private string Configuration(string scope) => $$"""
        { "Detector": {
            "Sources": { "plant": { "Type": "kafka", "Topics": ["sensors"], "Client": { "bootstrap.servers": "127.0.0.1:1", "group.id": "g" } } },
            "Sinks": { "alerts": { "Type": "stdout" } },
            "State": { "Directory": {{JsonSerializer.Serialize(State)}} },
            "Pipelines": { "pumps": { "Sources": ["plant"], "Sinks": ["alerts"], "Window": { "Length": "00:00:08" },
              "Model": { "Networks": ["linear"], "Latent": 4, "Scope": "{{scope}}" }, "Threshold": { "Method": "quantile", "Quantile": 0.98 } } } } }
        """;
}
