using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests.Cli.Model;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli.Representation;

public sealed class RepresentationCommandTests : IDisposable
{
    private const int Count = 400;
    private readonly TrainedState _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Reconstruct_NoisyRecordingWithAGap_IsCloserToTheTruthAndFilled()
    {
        await _state.TrainAsync("pump", csv: Recording.Csv(Count, Noisy));
        string input = _state.Write("noisy.csv", Recording.Csv(Count, (row, feature, value) => row is > 200 and < 204 && feature == 0 ? double.NaN : Noisy(row, feature, value)));
        string[] lines = Lines(await _state.RunAsync("reconstruct", "--input", input));

        Assert.Equal("timestamp,a,b,c", lines[0]);
        Assert.Equal(Enumerable.Range(0, Count).Select(row => $"{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}"), lines[1..].Select(line => line.Split(',')[0]));
        double[] denoised = [.. lines[1..].Select(line => Number(line.Split(',')[1]))];
        double noisy = 0, left = 0;
        for (int row = 0; row < Count; row++)
        {
            double truth = 10 * Math.Sin(row * Math.Tau / 23);
            noisy += Math.Pow(Noisy(row, 0, Rows.Values(row)[0]) - truth, 2);
            left += Math.Pow(denoised[row] - truth, 2);
        }

        Assert.InRange(left, 0, 0.6 * noisy);
        Assert.All(Enumerable.Range(201, 3), row => Assert.Equal(10 * Math.Sin(row * Math.Tau / 23), denoised[row], 4.0));

        static double Noisy(int row, int feature, double value) => value + (feature == 0 ? 2 * (new Random(row).NextDouble() - 0.5) * 2 : 0);
    }

    [Fact]
    public async Task Reconstruct_GapLongerThanTheWindow_HasNoValuesWhereNoWindowIs()
    {
        string model = await _state.TrainAsync("pump");
        string[] csv = Recording.Csv(60).Split('\n');
        // Rows 30 to 54 are not there; of the five behind, no window is full.
        string input = _state.Write("gap.csv", string.Join('\n', [.. csv[..31], .. csv[56..]]));
        string[] lines = Lines(await InProcess.RunAsync("reconstruct", "--model", model, "--network", "linear", "--input", input));

        Assert.All(lines[1..31], line => Assert.DoesNotContain(",,", line, StringComparison.Ordinal));
        Assert.Equal(5, lines[31..].Length);
        Assert.All(lines[31..], line => Assert.EndsWith("Z,,,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Encode_EveryFullWindow_HasACodeAndThePictureIsWritten()
    {
        await _state.TrainAsync("pump", "linear,denoising");
        string input = _state.Write("pump.csv", Recording.Csv(50));
        string picture = _state.Write("codes.html", "");
        string output = _state.Write("codes.csv", "");
        ToolResult result = await _state.RunAsync("encode", "--input", input, "--network", "denoising", "--out", output, "--picture", picture);

        Assert.Equal((ExitCodes.Ok, "", ""), (result.ExitCode, result.Output, result.Error));
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal("timestamp,z0,z1,z2,z3", lines[0]);
        Assert.Equal(Enumerable.Range(7, 43).Select(row => $"{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}"), lines[1..].Select(line => line.Split(',')[0]));
        string page = await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken);
        Assert.Equal(43, System.Text.RegularExpressions.Regex.Count(page, "<circle "));
        Assert.DoesNotMatch("(src|href)=|url\\(|@import|<script", page);
    }

    [Fact]
    public async Task Generate_VariationalNetwork_DrawsWindowsInTheUnitsOfTheData()
    {
        await _state.TrainAsync("pump", "variational");
        string[] lines = Lines(await _state.RunAsync("generate", "--count", "300", "--seed", "5"));
        string[] again = Lines(await _state.RunAsync("generate", "--count", "300", "--seed", "5"));
        string[] other = Lines(await _state.RunAsync("generate", "--count", "300", "--seed", "6"));

        Assert.Equal("window,seconds,a,b,c", lines[0]);
        Assert.Equal(1 + 300 * 8, lines.Length);
        Assert.StartsWith("1,0,", lines[9], StringComparison.Ordinal);
        Assert.Equal(lines, again);
        Assert.NotEqual(lines, other);
        Assert.Equal(5.15, lines[1..].Average(line => Number(line.Split(',')[3])), 1.0);
    }

    [Theory]
    [InlineData("generate", "The model has no network that generates windows; it has linear")]
    [InlineData("encode --network variational --input INPUT", "The model has no network 'variational'; it has linear")]
    [InlineData("reconstruct --input OTHER", "has no value of the model's features, a, b, c")]
    [InlineData("encode --input SHORT", "has 5 samples and not one full window of 8 rows")]
    [InlineData("reconstruct --series other --input INPUT", "There is no model of series 'other'")]
    [InlineData("reconstruct --input missing.csv", "missing.csv")]
    public async Task Command_WhatItCannotDo_IsSaidAndNothingWritten(string command, string sentence)
    {
        await _state.TrainAsync("pump");
        string output = Path.Combine(_state.Path, "out.csv");
        command = command.Replace("INPUT", _state.Write("input.csv", Recording.Csv(50)), StringComparison.Ordinal)
            .Replace("OTHER", _state.Write("other.csv", "timestamp,x\n2026-01-01T00:00:00Z,1\n2026-01-01T00:00:01Z,2\n"), StringComparison.Ordinal)
            .Replace("SHORT", _state.Write("short.csv", Recording.Csv(5)), StringComparison.Ordinal);
        ToolResult result = await _state.RunAsync(command, "--out", output);

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task Reconstruct_AFeatureIsNotInTheFile_SaysSoAndGoesOn()
    {
        await _state.TrainAsync("pump");
        string input = _state.Write("two.csv", string.Join('\n', Recording.Csv(50).Split('\n').Select(line => line.Length == 0 ? line : line[..line.LastIndexOf(',')])));
        ToolResult result = await _state.RunAsync("reconstruct", "--input", input);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains("has no value of c: missing in every window", result.Error, StringComparison.Ordinal);
    }

    private static string[] Lines(ToolResult result)
    {
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
