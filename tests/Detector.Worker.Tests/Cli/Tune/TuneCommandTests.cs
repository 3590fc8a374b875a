using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Cli.Tune;

public sealed class TuneCommandTests : IDisposable
{
    private static readonly string[] s_kinds = ["spike", "shift", "drift", "variance", "frequency", "correlation", "stuck", "dropout"];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tune_WithoutConfiguration_PrintsATableAndWritesOneThatStandsAlone()
    {
        string input = _directory.Write("pump.csv", Recording.Csv(600)), chosen = Path.Combine(_directory.Path, "tuned.json");
        ToolResult result = await InProcess.RunAsync(
            "tune", "--input", input, "--candidates", "3", "--out", chosen, "--set", "Model:Networks:0=linear", "--set", "Window:Length=00:00:08");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Equal(3, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("learned from 420 rows, judged on 180 later ones", result.Output, StringComparison.Ordinal);
        Assert.All(s_kinds, kind => Assert.Contains(kind, result.Output, StringComparison.Ordinal));
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith('*'));

        ToolResult valid = await InProcess.RunAsync("validate", "--config", chosen, "--no-environment");
        Assert.Equal((ExitCodes.Ok, ""), (valid.ExitCode, valid.Error));
        ToolResult again = await InProcess.RunAsync("backtest", "--input", input, "--train-rows", "400", "--config", chosen);
        Assert.Equal(ExitCodes.Ok, again.ExitCode);
    }

    [Fact]
    public async Task Tune_PipelineOfAConfiguration_WritesWhatIsGivenBehindIt()
    {
        string config = _directory.Write("config.json", """
            { "Detector": {
                "Sources": { "plant": { "Type": "kafka", "Topics": ["sensors"], "Client": { "bootstrap.servers": "127.0.0.1:1", "group.id": "g" } } },
                "Sinks": { "alerts": { "Type": "stdout" } },
                "Pipelines": { "pumps": { "Sources": ["plant"], "Sinks": ["alerts"], "Window": { "Length": "00:00:08" },
                  "Model": { "Networks": ["linear", "denoising"], "Latent": 4 }, "Training": { "MaxSteps": 50 } } } } }
            """);
        string input = _directory.Write("pump.csv", Recording.Csv(500)), chosen = Path.Combine(_directory.Path, "tuned.json");
        ToolResult result = await InProcess.RunAsync("tune", "--input", input, "--config", config, "--candidates", "2", "--output", "json");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        JsonElement[] candidates = [.. json.GetProperty("candidates").EnumerateArray()];
        Assert.Equal((2, 8), (candidates.Length, candidates[0].GetProperty("windowRows").GetInt32()));
        Assert.Equal(s_kinds.Order(), candidates[0].GetProperty("detection").EnumerateObject().Select(kind => kind.Name).Order());
        Assert.InRange(candidates[0].GetProperty("merit").GetDouble(), 0.05, 1);
        JsonElement best = candidates[json.GetProperty("best").GetInt32()];

        // The lists of the later file take the place of those of the earlier one.
        await File.WriteAllTextAsync(chosen, json.GetProperty("configuration").GetRawText().Replace("\"linear\",", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        LoadedConfiguration loaded = ConfigurationLoader.Load([config, chosen], [], new Dictionary<string, string>());
        Assert.Empty(loaded.Errors);
        PipelineOptions options = loaded.Options.Pipelines["pumps"];
        Assert.Equal(["denoising"], options.Model.Networks);
        Assert.Equal(TimeSpan.FromSeconds(best.GetProperty("windowRows").GetInt32()), options.Window.Length);
        Assert.Equal(["plant"], options.Sources);
    }

    [Fact]
    public async Task Tune_CourseThatTwoRowsCannotTell_ChoosesALongerWindow()
    {
        // Two sine waves together follow from the four values before (a linear recurrence of order four), and not from one.
        var text = new StringBuilder("timestamp,a\n");
        for (int row = 0; row < 1200; row++)
        {
            double value = Math.Sin(row * Math.Tau / 5.3) + Math.Sin(row * Math.Tau / 13.7);
            text.Append(CultureInfo.InvariantCulture, $"{Pipeline.Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'},{value:R}\n");
        }

        string input = _directory.Write("waves.csv", text.ToString());
        ToolResult result = await InProcess.RunAsync(
            "tune", "--input", input, "--candidates", "3", "--output", "json", "--set", "Model:Networks:0=linear", "--set", "Window:Length=00:00:02", "--set", "Model:Latent=4");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        JsonElement[] candidates = [.. json.GetProperty("candidates").EnumerateArray()];
        Assert.Equal([2, 32, 16], candidates.Select(candidate => candidate.GetProperty("windowRows").GetInt32()));
        Assert.True(candidates[json.GetProperty("best").GetInt32()].GetProperty("windowRows").GetInt32() > 2, result.Error);
        Assert.True(candidates[1].GetProperty("merit").GetDouble() > candidates[0].GetProperty("merit").GetDouble() + 0.05, result.Error);
    }

    [Fact]
    public async Task Tune_BudgetEndsDuringTheFirstCandidate_SaysSo()
    {
        string input = _directory.Write("pump.csv", Recording.Csv(3000));
        ToolResult result = await InProcess.RunAsync(
            "tune", "--input", input, "--budget", "00:00:01", "--set", "Model:Networks:0=recurrent", "--set", "Training:MaxSteps=100000", "--set", "Training:Patience=100");

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains("give a longer --budget", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--budget", "5")]
    [InlineData("--budget", "soon")]
    [InlineData("--holdout", "0.9")]
    [InlineData("--candidates", "0")]
    public async Task Tune_BadOption_ExitsWith64(string option, string value)
    {
        ToolResult result = await InProcess.RunAsync("tune", "--input", "any.csv", option, value);
        Assert.Equal((ExitCodes.Usage, ""), (result.ExitCode, result.Output));
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "30 would be held out")]
    [InlineData(0, "0 rows in order of time")]
    public async Task Tune_TooFewRows_SaysSo(int rows, string sentence)
    {
        string input = _directory.Write("pump.csv", Recording.Csv(rows));
        ToolResult result = await InProcess.RunAsync("tune", "--input", input);
        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }
}
