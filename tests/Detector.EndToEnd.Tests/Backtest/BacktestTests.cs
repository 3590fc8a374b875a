using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Backtest;

/// <summary>The backtest on recorded data: what it writes, and that nothing but the past bears on a number.</summary>
public sealed class BacktestTests : IDisposable
{
    private static readonly string[] s_train = ["--train-rows", "300", "--set", "Training:MaxSteps=300"];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Backtest_RecordedFault_WritesOneRowPerSampleAndTheAlert()
    {
        (ToolResult result, string[] scores) = await ScoreAsync("pump", RecordedPump.Csv());

        Assert.Equal("timestamp,score,threshold,anomaly,p_value", scores[0]);
        Assert.Equal(
            Enumerable.Range(RecordedPump.TrainRows, RecordedPump.Rows - RecordedPump.TrainRows).Select(row => $"{RecordedPump.TimeOf(row):yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            scores[1..].Select(row => row.Split(',')[0]));
        Assert.All(scores[1..], row => Assert.Equal(5, row.Split(',', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("1", scores[(1 + RecordedPump.FaultFrom - RecordedPump.TrainRows)..].Take(5).Select(row => row.Split(',')[3]));
        Assert.All(scores[1..(1 + RecordedPump.FaultFrom - RecordedPump.TrainRows)], row => Assert.Equal("0", row.Split(',')[3]));

        Assert.Contains("learned from 300 rows", result.Output, StringComparison.Ordinal);
        Assert.Contains("scored 300 of 300 rows", result.Output, StringComparison.Ordinal);
        Assert.Contains("FIRING   pump ", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Backtest_SameInputAgain_IsTheSameToTheByte()
    {
        (ToolResult first, string[] scores) = await ScoreAsync("pump", RecordedPump.Csv());
        (ToolResult again, string[] scoresAgain) = await ScoreAsync("pump", RecordedPump.Csv());

        Assert.Equal(scores, scoresAgain);
        Assert.Equal(WithoutDuration(first.Output), WithoutDuration(again.Output));
    }

    [Fact]
    public async Task Backtest_TruncatedInput_GivesThePrefixToTheBit()
    {
        const int Rows = RecordedPump.FaultFrom + 7;
        (_, string[] whole) = await ScoreAsync("pump", RecordedPump.Csv());
        (_, string[] prefix) = await ScoreAsync("pump", RecordedPump.Csv(fault => fault ? "1" : "0", Rows));

        Assert.Equal(1 + Rows - RecordedPump.TrainRows, prefix.Length);
        Assert.Equal(whole[..prefix.Length], prefix);
    }

    [Fact]
    public async Task Backtest_LabelsChangedOrRemoved_ChangeNothing()
    {
        (ToolResult labelled, string[] scores) = await ScoreAsync("pump", RecordedPump.Csv());
        (ToolResult inverted, string[] invertedScores) = await ScoreAsync("pump", RecordedPump.Csv(fault => fault ? "0" : "1"));
        (ToolResult without, string[] scoresWithout) = await ScoreAsync("pump", RecordedPump.Csv(label: null));

        Assert.Equal(scores, invertedScores);
        Assert.Equal(scores, scoresWithout);
        Assert.Equal(WithoutDuration(labelled.Output), WithoutDuration(inverted.Output));
        Assert.Equal(WithoutDuration(labelled.Output), WithoutDuration(without.Output));
    }

    [Fact]
    public async Task Backtest_JsonAndReport_TellTheSameAlerts()
    {
        string report = Path.Combine(_directory.Path, "report.html");
        string input = _directory.Write("pump<1>.csv", RecordedPump.Csv());
        ToolResult result = await DetectorProcess.RunAsync(["backtest", "--input", input, .. s_train, "--report", report, "--output", "json"]);

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((300, 300, 300), (json.GetProperty("trainingRows").GetInt32(), json.GetProperty("rows").GetInt32(), json.GetProperty("scoredRows").GetInt32()));
        JsonElement alert = Assert.Single(json.GetProperty("alerts").EnumerateArray());
        DateTimeOffset started = alert.GetProperty("startedAt").GetDateTimeOffset();
        Assert.InRange(started, RecordedPump.TimeOf(RecordedPump.FaultFrom), RecordedPump.TimeOf(RecordedPump.FaultFrom + 5));

        string page = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.Contains("<h1>pump&lt;1&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<polyline class=\"score\"", page, StringComparison.Ordinal);
        Assert.Contains($"<tr><td>{started:yyyy-MM-dd HH:mm:ss}</td>", page, StringComparison.Ordinal);
        Assert.Contains(alert.GetProperty("features")[0].GetProperty("name").GetString()!, page, StringComparison.Ordinal);
        // Nothing is fetched from anywhere.
        Assert.DoesNotMatch("(src|href)=|url\\(|@import|<script", page);
    }

    [Fact]
    public async Task Backtest_TrainingFile_ScoresEveryRowOfTheInput()
    {
        string train = _directory.Write("train.csv", RecordedPump.Csv(label: null, RecordedPump.TrainRows));
        string input = _directory.Write("input.csv", RecordedPump.Csv());
        string scores = Path.Combine(_directory.Path, "scores.csv");
        ToolResult result = await DetectorProcess.RunAsync("backtest", "--train", train, "--input", input, "--scores", scores, "--set", "Training:MaxSteps=50");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        string[] rows = await File.ReadAllLinesAsync(scores, TestContext.Current.CancellationToken);
        Assert.Equal(1 + RecordedPump.Rows, rows.Length);
        // The window fills first: nothing of the training file is in it.
        Assert.All(rows[1..32], row => Assert.EndsWith(",,,0,", row, StringComparison.Ordinal));
        Assert.All(rows[32..], row => Assert.DoesNotContain(",,", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backtest_PipelineOfAConfiguration_IsRun()
    {
        string config = _directory.Write("config.json", """
            {"Detector":{
              "Sources":{"plant":{"Type":"kafka","Topics":["sensors"],"Client":{"bootstrap.servers":"127.0.0.1:1","group.id":"g"}}},
              "Sinks":{"alerts":{"Type":"stdout"}},
              "Pipelines":{
                "slow":{"Sources":["plant"],"Sinks":["alerts"]},
                "quick":{"Sources":["plant"],"Sinks":["alerts"],"Window":{"Length":"00:00:10","Period":"00:00:01"},
                  "Model":{"Networks":["linear"]},"Threshold":{"Method":"static","Value":0.25}}}}}
            """);
        string input = _directory.Write("pump.csv", RecordedPump.Csv());
        string scores = Path.Combine(_directory.Path, "scores.csv");

        ToolResult unnamed = await DetectorProcess.RunAsync("backtest", "--config", config, "--input", input, "--train-rows", "300");
        Assert.Equal(ExitCodes.Configuration, unnamed.ExitCode);
        Assert.Contains("--pipeline which of quick, slow", unnamed.Error, StringComparison.Ordinal);

        ToolResult result = await DetectorProcess.RunAsync(
            "backtest", "--config", config, "--pipeline", "quick", "--set", "Threshold:Value=0.5", "--input", input, "--train-rows", "300", "--scores", scores);
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        string[] rows = await File.ReadAllLinesAsync(scores, TestContext.Current.CancellationToken);
        Assert.Equal(1 + RecordedPump.Rows - RecordedPump.TrainRows, rows.Length);
        Assert.All(rows[1..], row => Assert.Equal("0.5", row.Split(',')[2]));
    }

    private async Task<(ToolResult Result, string[] Scores)> ScoreAsync(string name, string csv)
    {
        string input = _directory.Write(name + ".csv", csv);
        string scores = Path.Combine(_directory.Path, "scores.csv");
        ToolResult result = await DetectorProcess.RunAsync(["backtest", "--input", input, .. s_train, "--scores", scores]);
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        return (result, await File.ReadAllLinesAsync(scores, TestContext.Current.CancellationToken));
    }

    /// <summary>The text but for the one thing that is measured: how long training took.</summary>
    private static string WithoutDuration(string output) => System.Text.RegularExpressions.Regex.Replace(output, @" in \d+\.\d s;", " in ? s;");
}
