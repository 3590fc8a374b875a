using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Backtest;

/// <summary>What the backtest says when it cannot do what it was asked for.</summary>
public sealed class BacktestUsageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Backtest_MissingFile_NamesItAndExitsWithOne()
    {
        string missing = Path.Combine(_directory.Path, "none.csv");
        await CheckAsync(ExitCodes.Failure, $"'{missing}'", "--input", missing, "--train-rows", "100");
    }

    [Theory]
    [InlineData(50, 100)]
    [InlineData(100, 100)]
    [InlineData(30, 10)]
    [InlineData(0, 100)]
    public async Task Backtest_TooFewRows_SaysHowManyAndExitsWithOne(int rows, int trainRows)
    {
        string input = _directory.Write("short.csv", RecordedPump.Csv(label: null, rows));
        await CheckAsync(ExitCodes.Failure, "rows", "--input", input, "--train-rows", FormattableString.Invariant($"{trainRows}"));
    }

    [Fact]
    public async Task Backtest_NothingToLearnFrom_ExitsWith64() =>
        await CheckAsync(ExitCodes.Usage, "either --train CSV or --train-rows N", "--input", "a.csv");

    [Fact]
    public async Task Backtest_TwoThingsToLearnFrom_ExitsWith64() =>
        await CheckAsync(ExitCodes.Usage, "either --train CSV or --train-rows N", "--input", "a.csv", "--train", "b.csv", "--train-rows", "100");

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("many")]
    public async Task Backtest_NoTrainingRows_ExitsWith64(string rows) =>
        await CheckAsync(ExitCodes.Usage, "a whole number of at least 1", "--input", "a.csv", "--train-rows", rows);

    [Fact]
    public async Task Backtest_WrongSetting_ExitsWith78AndNamesTheKey()
    {
        string input = _directory.Write("pump.csv", RecordedPump.Csv());
        await CheckAsync(ExitCodes.Configuration, "Training:MaxStepz", "--input", input, "--train-rows", "100", "--set", "Training:MaxStepz=5");
    }

    private static async Task CheckAsync(int exitCode, string sentence, params string[] arguments)
    {
        ToolResult result = await DetectorProcess.RunAsync(["backtest", .. arguments]);

        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Equal("", result.Output);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("detector: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
