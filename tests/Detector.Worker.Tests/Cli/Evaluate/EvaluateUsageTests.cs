using System.Globalization;
using System.Text.Json;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli.Evaluate;

public sealed class EvaluateUsageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Evaluate_NoLabelColumn_SaysWhichColumnsThereAre()
    {
        (int code, string output, string error) = await Invoke("--scores", Scores(10), "--labels", Write("labels.csv", "timestamp,flow,fault", Times(10, ",1,0")));
        Assert.Equal((ExitCodes.Failure, ""), (code, output));
        Assert.Contains("has no column 'label' (it has flow, fault); name another one with --label-column", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OtherLabelColumn_IsTaken()
    {
        string labels = Write("labels.csv", "timestamp,flow,fault", Times(10, ",1,1"));
        (int code, _, _) = await Invoke("--scores", Scores(10), "--labels", labels, "--label-column", "FAULT");
        Assert.Equal(ExitCodes.Ok, code);
    }

    [Fact]
    public async Task Evaluate_ScoresWithoutScore_SaysWhatWritesThem()
    {
        (int code, _, string error) = await Invoke("--scores", Write("s.csv", "timestamp,value", Times(3, ",1")), "--labels", Labels(3));
        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("has no column 'score' (it has value); detector backtest --scores writes it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_NoRowInBoth_NamesBothRanges()
    {
        string labels = Write("labels.csv", "timestamp,label", "2020-05-01T00:00:00Z,1", "2020-05-02T00:00:00Z,0");
        (int code, _, string error) = await Invoke("--scores", Scores(10), "--labels", labels);
        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("10 rows from 2026-01-01 00:00:00 to 2026-01-01 00:00:09", error, StringComparison.Ordinal);
        Assert.Contains("2 rows from 2020-05-01 00:00:00 to 2020-05-02 00:00:00", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_EmptyOrMissingFile_IsNamed()
    {
        (int code, _, string error) = await Invoke("--scores", Write("empty.csv"), "--labels", Labels(3));
        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("empty.csv' has no row that can be read", error, StringComparison.Ordinal);
        (code, _, error) = await Invoke("--scores", Scores(3), "--labels", Path.Combine(_directory.Path, "none.csv"));
        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("none.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_RowsWithoutLabel_AreCountedAndLeftOut()
    {
        (int code, string output, string error) = await Invoke("--scores", Scores(10), "--labels", Labels(7), "--output", "json");
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("3 of 10 rows", error, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(7, summary.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(3, summary.RootElement.GetProperty("unlabelled_rows").GetInt32());
    }

    [Fact]
    public async Task Evaluate_NothingAnomalous_LeavesUndefinedFiguresNull()
    {
        (int code, string output, string error) = await Invoke(
            "--scores", Scores(5), "--labels", Write("labels.csv", "timestamp,label", Times(5, ",0")), "--output", "json");
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("No evaluated row is labelled anomalous", error, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Null, summary.RootElement.GetProperty("vus_pr").ValueKind);
        Assert.Equal(0.2, summary.RootElement.GetProperty("far").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Evaluate_ScoresWithoutVerdicts_GiveRankingsOnly()
    {
        string scores = Write("plain.csv", "timestamp,score", Times(6, i => i == 4 ? ",2" : ",1"));
        (int code, string output, _) = await Invoke("--scores", scores, "--labels", Labels(6));
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("AUC-ROC 1.000", output, StringComparison.Ordinal);
        Assert.Contains("without verdicts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ThresholdInsteadOfVerdict_IsHeldAgainstTheScore()
    {
        string scores = Write("plain.csv", "timestamp,score,threshold", Times(6, i => i == 4 ? ",2,1.5" : ",1,1.5"));
        (_, string output, _) = await Invoke("--scores", scores, "--labels", Labels(6), "--output", "json");
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(1, summary.RootElement.GetProperty("f1").GetDouble());
    }

    [Fact]
    public async Task Evaluate_SeveralFiles_ArePooled()
    {
        string quiet = Write("quiet.csv", "timestamp,score,anomaly", Times(6, _ => ",1,0"));
        (int code, string output, _) = await Invoke("--scores", Scores(6), "--labels", Labels(6), "--scores", quiet, "--labels", Labels(6), "--output", "json");
        Assert.Equal(ExitCodes.Ok, code);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(2, summary.RootElement.GetProperty("files").GetInt32());
        Assert.Equal(12, summary.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(0.75, summary.RootElement.GetProperty("auc_roc").GetDouble(), 1e-12); // 1 and ½
        Assert.Equal(0.5, summary.RootElement.GetProperty("mar").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--labels needs", "--scores names 2 files and --labels 1", "--scores", "a", "--scores", "b", "--labels", "c")]
    [InlineData("a number of days", "--merge-gap is '30'; write a time as HH:MM:SS", "--scores", "a", "--labels", "b", "--merge-gap", "30")]
    [InlineData("half a row", "--vus-window is '0.5'", "--scores", "a", "--labels", "b", "--vus-window", "0.5")]
    [InlineData("nothing", "--labels", "--scores", "a")]
    public async Task Evaluate_WrongUsage_ExitsWith64(string reason, string sentence, params string[] arguments)
    {
        (int code, _, string error) = await Invoke(arguments);
        Assert.True(code == ExitCodes.Usage, reason);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    private string Scores(int rows) => Write("scores.csv", "timestamp,score,anomaly", Times(rows, i => i == 4 ? ",2,1" : ",1,0"));

    private string Labels(int rows) => Write("labels.csv", "timestamp,label", Times(rows, i => i == 4 ? ",1" : ",0"));

    private string Write(string name, params string[] lines) => _directory.Write(name, string.Join('\n', lines) + "\n");

    private static string Times(int rows, string cells) => Times(rows, _ => cells);

    private static string Times(int rows, Func<int, string> cells) => string.Join('\n', Enumerable.Range(0, rows).Select(i => $"2026-01-01T00:00:{i:00}Z{cells(i)}"));

    private static async Task<(int Code, string Output, string Error)> Invoke(params string[] arguments)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        return (await CommandLine.InvokeAsync(["evaluate", .. arguments], output, error), output.ToString(), error.ToString());
    }
}
