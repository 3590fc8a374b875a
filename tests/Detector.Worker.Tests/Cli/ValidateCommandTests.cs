using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Validate_Example_IsValid()
    {
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", RepositoryFiles.Path("configs", "kafka.json"), "--no-environment");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.StartsWith("configuration is valid: 1 source, 1 pipeline, 2 sinks", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Validate_Mistakes_AreAllOnStandardErrorWithExit78()
    {
        string config = _directory.Write("a.json", """{"Detector":{"Devise":"cpu","Http":{"Port":"x"}}}""");
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", config);

        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("The configuration has 4 mistakes:", result.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"Device\"?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_UnreachableDependencies_ExitWith69()
    {
        // Port 1 is reserved: nobody listens there.
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", RepositoryFiles.Path("configs", "kafka.json"),
            "--set", "Sources:plant:Client:bootstrap.servers=127.0.0.1:1", "--set", "Sinks:alerts:Client:bootstrap.servers=127.0.0.1:1",
            "--set", "Sinks:rejected:Client:bootstrap.servers=127.0.0.1:1", "--set", $"State:Directory={_directory.Path}", "--output", "json");

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal(3, json.GetProperty("unreachable").GetArrayLength());
        Assert.Contains("127.0.0.1:1", json.GetProperty("unreachable")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_MissingInputAndDirectory_ExitWith69()
    {
        string missing = Path.Combine(_directory.Path, "none.csv");
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", RepositoryFiles.Path("configs", "file.json"),
            "--set", $"Sources:recording:Path={missing}", "--set", "State:Directory=/proc/detector");

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        Assert.Contains("Sources:recording:Path is \"" + missing, result.Error, StringComparison.Ordinal);
        Assert.Contains("State:Directory needs the directory /proc/detector", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_EverythingThere_ExitsWithZeroAndLeavesNothing()
    {
        string input = _directory.Write("samples.csv", "timestamp,a\n");
        ToolResult result = await DetectorProcess.RunAsync("validate", "--config", RepositoryFiles.Path("configs", "file.json"),
            "--set", $"Sources:recording:Path={input}", "--set", $"State:Directory={Path.Combine(_directory.Path, "new", "state")}",
            "--set", $"Sinks:alerts:Path={Path.Combine(_directory.Path, "alerts.jsonl")}", "--set", $"Sinks:scores:Path={Path.Combine(_directory.Path, "scores.jsonl")}");

        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.Equal([input], Directory.GetFileSystemEntries(_directory.Path));
    }
}
