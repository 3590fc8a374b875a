using System.IO.Compression;
using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Recordings;

/// <summary>A water circulation rig whose valve is closed for a while: file valve1/0 of the Skoltech Anomaly Benchmark (SKAB).</summary>
public sealed partial class ValveRecordingTests : IDisposable
{
    private const int TrainRows = 400;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Backtest_ValveClosed_FiresInsideTheLabelledStretchAndNotBefore()
    {
        string input = PublicRecordings.Path("skab", "valve1-0.csv.gz");
        string[] stretch = await LabelledAsync(input);
        string path = Path.Combine(_directory.Path, "scores.csv");
        ToolResult result = await DetectorProcess.RunAsync("backtest", "--input", input, "--train-rows", "400", "--scores", path);

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Contains("scored 747 of 747 rows", result.Output, StringComparison.Ordinal);
        string[] rows = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(1 + 747, rows.Length);
        string first = FiringLine().Match(result.Output).Groups[1].Value.Replace(' ', 'T') + 'Z';
        Assert.InRange(first, stretch[0], stretch[^1], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Quickstart_ValveClosed_EndsWithTheStretchFound()
    {
        string input = PublicRecordings.Path("skab", "valve1-0.csv.gz");
        ToolResult result = await DetectorProcess.RunAsync("quickstart", "--input", input, "--port", "0");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Output + result.Error);
        Assert.Contains("1 labelled stretch, 1 found, 0 missed, 0 false alarms", result.Output, StringComparison.Ordinal);
    }

    private static async Task<string[]> LabelledAsync(string path)
    {
        await using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        string[] rows = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(",label", rows[0].Trim(), StringComparison.Ordinal);
        return [.. rows.Skip(1 + TrainRows).Where(row => row.TrimEnd().EndsWith(",1", StringComparison.Ordinal)).Select(row => row[..row.IndexOf(',', StringComparison.Ordinal)])];
    }

    [GeneratedRegex(@"^FIRING .* at ([0-9-]+ [0-9:]+):", RegexOptions.Multiline)]
    private static partial Regex FiringLine();
}
