using System.Text;
using System.Text.Json;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli.Logs;

public sealed class LogCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("detector-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Templates_File_PrintsKindsTheCommonestFirst()
    {
        string path = Write("2025-06-01 12:00:00 INFO web: request 1 took 5 ms\n2025-06-01 12:00:01 INFO web: request 2 took 6 ms\n2025-06-01 12:00:01 ERROR web: \u001b]0;evil\u0007disk full\n");
        (int code, string output, string error) = await Run("logs", "templates", path);
        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches("^ +2  [0-9a-f]{12}  request \\* took \\*$", lines[0]);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u0007', output);
        Assert.Contains("3 lines, 2 templates", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_Json_HasCountIdTextAndExample()
    {
        (_, string output, _) = await Run("logs", "templates", Write("a 1\na 2\n"), "--output", "json");
        JsonElement only = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal((2, "a *", "a 2"), (only.GetProperty("count").GetInt32(), only.GetProperty("template").GetString(), only.GetProperty("example").GetString()));
    }

    [Theory]
    [InlineData(64, "--layout", "<Time> <Level>")]
    [InlineData(64, "--masks", "Nonsense")]
    public async Task Templates_WrongOption_SaysWhy(int code, params string[] options)
    {
        (int actual, _, string error) = await Run(["logs", "templates", Write("a\n"), .. options]);
        Assert.Equal(code, actual);
        Assert.Contains(options[0], error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_LayoutWithoutLogs_IsRefused()
    {
        (int code, _, string error) = await Run("backtest", "--input", Write("a\n"), "--train-rows", "1", "--session", "x");
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("--logs", error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_directory, "app.log");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.InvokeAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
