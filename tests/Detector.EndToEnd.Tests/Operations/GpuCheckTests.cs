using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>
/// eng/gpu-check.sh, packed and carried to a machine without the .NET SDK; there by torch on the processor, the way that everything takes on a GPU. So what is
/// left for a GPU to show is its own.
/// </summary>
public sealed class GpuCheckTests : IDisposable
{
    private static readonly TimeSpan s_build = TimeSpan.FromMinutes(9);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Check_CarriedToAMachineWithoutTheSdk_TestsTheModelsAndMeasures()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test needs root, as CI has it, to hide the .NET SDK in a namespace of its own.");
        string folder = Path.Combine(_directory.Path, "carried");
        ToolResult packed = await ExternalTool.RunAsync("bash", [RepositoryFiles.Path("eng", "gpu-check.sh"), "--pack", folder], timeout: s_build);
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);

        string there = $"""
            mount -t tmpfs tmpfs "$(dirname "$(readlink -f "$(command -v dotnet)")")"
            if command -v dotnet; then echo the SDK is still there; exit 1; fi
            unset DOTNET_ROOT
            exec {folder}/gpu-check.sh cpu
            """;
        ToolResult run = await ExternalTool.RunAsync(
            "env", ["DETECTOR_TEST_NETWORKS=linear", "unshare", "--mount", "--propagation", "private", "bash", "-ec", there], timeout: s_build);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches(@"Detector\.Models\.Tests\s+Total: \d{3,}, Errors: 0, Failed: 0, Skipped: 0", run.Output);
        Assert.Contains("### Limits of device cpu-torch", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\| linear \| float32 \| float32 \| [\d,]+ \| [\d,]+ \|", run.Output);
        Assert.Matches(@"(?m)^\| linear \| bfloat16 \| bfloat16 \| [\d,]+ \| [\d,]+ \|", run.Output);
    }

    [Fact]
    public async Task Check_DeviceThatIsNone_NamesItAndWhatThereIs()
    {
        ToolResult run = await ExternalTool.RunAsync("bash", [RepositoryFiles.Path("eng", "gpu-check.sh"), "gpu"]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("'gpu': use cpu, cuda or cuda:N", run.Error, StringComparison.Ordinal);
    }
}
