using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Configuration;

/// <summary><c>validate</c> and <c>health</c> against what is really there; their texts are tested with the command line.</summary>
public sealed class ValidateTests
{
    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(RepositoryFiles.Path("configs")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Validate_EveryExample_IsValid(string name)
    {
        ToolResult result = await DetectorProcess.RunAsync("validate", "--no-environment", "--config", RepositoryFiles.Path("configs", name));

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("configuration is valid: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ThreeMistakes_AreNamedTogether()
    {
        using var plant = new Plant();
        ToolResult result = await DetectorProcess.RunAsync(
            "validate", "--config", plant.Configuration,
            "--set", "Pipelines:pumps:Threshold:FalseAlarms=often", "--set", "Pipelines:pumps:Window:Period=30", "--set", "Pipelines:pumps:Sinks:0=pager");

        Assert.Equal((ExitCodes.Configuration, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("The configuration has 3 mistakes:\n", result.Error, StringComparison.Ordinal);
        string[] mistakes = [.. result.Error.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];
        foreach (string key in (string[])["Threshold:FalseAlarms", "Window:Period", "Sinks"])
            Assert.Contains(mistakes, mistake => mistake.StartsWith($"- Detector:Pipelines:pumps:{key}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Validate_BrokerThatAnswers_ExitsWithZeroAndLeavesNothing()
    {
        using var plant = new Plant();
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", plant.Configuration);

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.False(Directory.Exists(plant.State));
    }

    [Fact]
    public async Task Validate_NoEnvironment_AsksNoBroker()
    {
        using var plant = new Plant();
        // Port 1 is reserved: nobody listens there.
        ToolResult result = await DetectorProcess.RunAsync(
            "validate", "--config", plant.Configuration, "--no-environment", "--set", "Sources:plant:Client:bootstrap.servers=127.0.0.1:1");

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Health_RunningService_IsWellUntilItsEnd()
    {
        using var plant = new Plant();
        await using RunningService service = await RunningService.StartAsync(plant);
        string[] health = ["health", "--url", service.Url.GetLeftPart(UriPartial.Authority)];
        await Eventually.HoldsAsync(
            async () => (await DetectorProcess.RunAsync([.. health, "--ready"])).ExitCode == ExitCodes.Ok, () => "not ready: " + service.Log);
        ToolResult running = await DetectorProcess.RunAsync(health);
        await service.StopAsync();
        ToolResult ended = await DetectorProcess.RunAsync(health);

        Assert.Equal((ExitCodes.Ok, "healthy\n"), (running.ExitCode, running.Output));
        Assert.Equal((ExitCodes.Failure, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("No answer from ", ended.Error, StringComparison.Ordinal);
    }
}
