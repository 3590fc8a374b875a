using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Detector.Tests.Support;
using Xunit.Sdk;

namespace Detector.EndToEnd.Tests.Support;

public sealed class ExternalToolTests
{
    [Fact]
    public async Task RunAsync_InputAndBothOutputs_AreCaptured()
    {
        var result = await ExternalTool.RunAsync("sh", ["-c", "cat; echo problem >&2; exit 3"], input: "größe\n");
        Assert.Equal(new ToolResult(3, "größe\n", "problem\n"), result);
    }

    [Fact]
    public async Task RunAsync_MissingTool_FailsNamingThePackage()
    {
        var e = await Assert.ThrowsAsync<FailException>(() => ExternalTool.RunAsync("no-such-tool", []));
        Assert.Contains("install the Debian package 'no-such-tool'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TooSlow_FailsAndKillsIt()
    {
        var start = Stopwatch.GetTimestamp();
        var e = await Assert.ThrowsAsync<FailException>(() => ExternalTool.RunAsync("sleep", ["30"], timeout: TimeSpan.FromMilliseconds(200)));
        Assert.Contains("'sleep' still ran after 0.2 s", e.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Start_LongRunningTool_IsAwaitedByItsTextAndKilledOnDisposal()
    {
        int id;
        await using (var tool = ExternalTool.Start("sh", ["-c", "echo ready; sleep 30"]))
        {
            await tool.WaitForTextAsync("ready");
            Assert.False(tool.HasExited);
            id = tool.ProcessId;
        }

        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task WaitForTextAsync_ToolEndsWithoutIt_FailsWithWhatItWrote()
    {
        await using var tool = ExternalTool.Start("sh", ["-c", "echo other; exit 7"]);
        var e = await Assert.ThrowsAsync<FailException>(() => tool.WaitForTextAsync("ready", TimeSpan.FromSeconds(30)));
        Assert.Contains("ended with code 7 and did not write 'ready'", e.Message, StringComparison.Ordinal);
        Assert.Contains("other", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FreePort_Next_CanBeListenedOn()
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
        listener.Start();
        Assert.True(listener.Server.IsBound);
    }
}
