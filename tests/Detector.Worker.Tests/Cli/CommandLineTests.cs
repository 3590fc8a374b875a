using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("vlidate", "Try 'detector --help'.")]
    [InlineData("run --confg x", "Try 'detector run --help'.")]
    [InlineData("run --log-format xml", "'json'")]
    [InlineData("health --url nowhere", "http://localhost:9464")]
    [InlineData("--config", "--config")]
    public async Task Invoke_WrongUsage_ExitsWith64AndSaysWhereHelpIs(string arguments, string expected)
    {
        (int code, string output, string error) = await Invoke(arguments.Split(' '));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "detector --config base.yaml")]
    [InlineData("run --help", "detector run --config config.json")]
    [InlineData("validate --help", "--no-environment --output json")]
    [InlineData("health --help", "detector health --ready")]
    public async Task Help_EveryCommand_EndsWithExamples(string arguments, string expected)
    {
        (int code, string output, _) = await Invoke(arguments.Split(' '));

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains(expected, output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        ToolResult result = await DetectorProcess.RunAsync("--version");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }

    [Fact]
    public async Task NoCommand_WithoutConfiguration_IsRunAndExitsWith78()
    {
        Assert.SkipWhen(File.Exists(ConfigurationArguments.DefaultFile), "This machine has a configuration of the service.");
        (int code, _, string error) = await Invoke([]);

        Assert.Equal(ExitCodes.Configuration, code);
        Assert.Contains("give one with --config FILE", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Invoke(string[] arguments)
    {
        var output = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        var error = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        return (await CommandLine.InvokeAsync(arguments, output, error), output.ToString(), error.ToString());
    }
}
