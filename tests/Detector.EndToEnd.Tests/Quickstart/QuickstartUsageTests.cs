using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Quickstart;

/// <summary>What the quickstart says when it cannot start.</summary>
public sealed class QuickstartUsageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--minutes", "-1", "minutes from 0 to 1440")]
    [InlineData("--minutes", "1e300", "minutes from 0 to 1440")]
    [InlineData("--minutes", "soon", "minutes from 0 to 1440")]
    [InlineData("--port", "70000", "a port from 0 to 65535")]
    [InlineData("--train-rows", "0", "a whole number of at least 1")]
    [InlineData("--model", "denoising,sparce", "did you mean \"sparse\"?")]
    [InlineData("--input", "/nowhere/pump.csv", "/nowhere/pump.csv")]
    public async Task Quickstart_WrongUsage_ExitsWith64AndSaysWhatToWrite(string option, string value, string expected)
    {
        ToolResult result = await DetectorProcess.RunAsync("quickstart", option, value);
        Check(ExitCodes.Usage, expected, result);
    }

    [Fact]
    public async Task Quickstart_NamedNetworks_WatchTheFile()
    {
        string input = _directory.Write("pump.csv", Backtest.RecordedPump.Csv());
        ToolResult result = await DetectorProcess.RunAsync("quickstart", "--input", input, "--train-rows", "300", "--port", "0", "--model", "sparse,convolutional");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Output + result.Error);
        Assert.Contains("FIRING   pump", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quickstart_FileWithoutRows_ExitsWith64AndSaysWhatIsNeeded()
    {
        string input = _directory.Write("pump.csv", "timestamp,flow\n");
        Check(ExitCodes.Usage, "holds 0 rows", await DetectorProcess.RunAsync("quickstart", "--input", input));
    }

    [Fact]
    public async Task Quickstart_PortTaken_ExitsWithOneAndSaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Check(ExitCodes.Failure, "choose another port", await DetectorProcess.RunAsync("quickstart", "--port", port));
    }

    private static void Check(int exitCode, string expected, ToolResult result)
    {
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
