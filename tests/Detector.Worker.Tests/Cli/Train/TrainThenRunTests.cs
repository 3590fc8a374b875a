using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Hosting;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli.Train;

/// <summary>A recording stands for the warm-up: the service that finds its model scores from the first window on.</summary>
public sealed class TrainThenRunTests : IDisposable
{
    private const int History = 300, Live = 60, Fault = 40, WindowRows = 8;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("series")]
    [InlineData("pipeline")]
    public async Task Train_ThenRun_TheSeriesIsScoredAtOnceAndItsFaultIsTold(string scope)
    {
        string[] lines = Recording.Csv(History + Live, (row, feature, value) => feature == 1 && row >= History + Fault && row < History + Fault + 8 ? value + 12 : value).Split('\n');
        string history = _directory.Write("history.csv", string.Join('\n', lines[..(1 + History)]));
        string live = _directory.Write("live.csv", string.Join('\n', (string[])[lines[0], .. lines[(1 + History)..]]));
        string config = _directory.Write("config.json", Configuration(live, scope));

        ToolResult trained = await DetectorProcess.RunAsync("train", "--input", history, "--config", config, "--series", "pump-3");
        Assert.True(trained.ExitCode == ExitCodes.Ok, trained.Error);
        ToolResult run = await DetectorProcess.RunAsync("run", "--config", config);
        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);

        JsonElement[] scores = Read("scores.jsonl");
        Assert.Equal(
            Enumerable.Range(History + WindowRows - 1, Live - WindowRows + 1).Select(Rows.Time), scores.Select(score => score.GetProperty("timestamp").GetDateTimeOffset()));
        JsonElement alert = Read("alerts.jsonl").First(alert => alert.GetProperty("state").GetString() == "firing" && alert.GetProperty("startedAt").GetDateTimeOffset() >= Rows.Time(History + Fault));
        Assert.InRange(alert.GetProperty("startedAt").GetDateTimeOffset(), Rows.Time(History + Fault), Rows.Time(History + Fault + 8));
        Assert.Equal("pump-3", alert.GetProperty("series").GetString());
    }

    [Fact]
    public async Task Train_DiskRefusesInTheMiddleOfTheWeights_TheVersionBeforeServes()
    {
        string history = _directory.Write("history.csv", Recording.Csv(History)), small = _directory.Write("small.json", Configuration(history, "series"));
        string large = _directory.Write("large.json", Configuration(history, "series", "\"Networks\": [\"dense\"], \"Hidden\": [512]"));
        string[] train = ["train", "--input", history, "--series", "pump-3", "--config"];
        ToolResult trained = await DetectorProcess.RunAsync([.. train, small]);
        Assert.True(trained.ExitCode == ExitCodes.Ok, trained.Error);
        var store = new ArtifactStore(StateOptions.Models(Path.Combine(_directory.Path, "state")));
        string before = Assert.Single(store.Versions("pumps", "pump-3"));

        // The weights of a larger network end at a limit to the size of files, as on a full disk; without write-xor-execute the runtime needs no large file itself.
        ToolResult refused = await ExternalTool.RunAsync("sh", ["-c", $"""
            trap '' XFSZ; ulimit -f 64; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0
            exec dotnet "$0" "$@"
            """, Path.Combine(AppContext.BaseDirectory, "detector.dll"), .. train, large]);

        Assert.True(refused.ExitCode == ExitCodes.Failure, refused.Error);
        Assert.Contains("size of files", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        Assert.Equal([before], store.Versions("pumps", "pump-3"));
        Assert.True(store.TryLoadLatest("pumps", "pump-3", out _, out IReadOnlyList<string> refusals));
        Assert.Empty(refusals);
    }

    [Fact]
    public async Task Run_WithoutARecording_TheSeriesStillWarmsUp()
    {
        string live = _directory.Write("live.csv", Recording.Csv(Live));
        ToolResult run = await DetectorProcess.RunAsync("run", "--config", _directory.Write("config.json", Configuration(live, "series")));

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        Assert.Empty(Read("scores.jsonl"));
    }

    private JsonElement[] Read(string name)
    {
        string path = Path.Combine(_directory.Path, name);
        return File.Exists(path) ? [.. File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement)] : [];
    }

    private string Configuration(string live, string scope, string networks = "\"Networks\": [\"linear\"]") => $$"""
        { "Detector": {
            "Sources": { "recording": { "Type": "file", "Path": {{JsonSerializer.Serialize(live)}},
                                        "Decode": { "Format": "csv", "Series": "=pump-3", "Timestamp": "timestamp" } } },
            "Sinks": { "alerts": { "Type": "file", "Path": {{JsonSerializer.Serialize(Path.Combine(_directory.Path, "alerts.jsonl"))}} },
                       "scores": { "Type": "file", "Path": {{JsonSerializer.Serialize(Path.Combine(_directory.Path, "scores.jsonl"))}} } },
            "State": { "Directory": {{JsonSerializer.Serialize(Path.Combine(_directory.Path, "state"))}} },
            "Http": { "Port": 0 }, "Device": "cpu",
            "Pipelines": { "pumps": { "Sources": ["recording"], "Sinks": ["alerts"], "ScoreSinks": ["scores"], "Window": { "Length": "00:00:08", "Period": "00:00:01" },
              "Training": { "Warmup": "7.00:00:00", "MaxSteps": 60 }, "Model": { {{networks}}, "Latent": 4, "Scope": "{{scope}}" },
              "Threshold": { "Method": "quantile", "Quantile": 0.98 }, "Alert": { "MergeGap": "00:00:10" } } } } }
        """;
}
