using System.Diagnostics;
using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Hosting.Systemd;

namespace Detector.Worker.Tests.Hosting.Systemd;

public sealed class NotifySocketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Ready_PathSocket_IsHeard()
    {
        using var inbox = new NotifyInbox(Path.Combine(_directory.Path, "notify"));
        using var socket = new NotifySocket(inbox.Name, TimeProvider.System);
        socket.Ready("2 pipelines");

        Assert.True(socket.IsHeard);
        Assert.Equal(["READY=1", "STATUS=2 pipelines"], await inbox.NextAsync());
    }

    [Fact]
    public async Task Starting_AbstractSocket_AsksForTime()
    {
        using var inbox = new NotifyInbox($"@detector-test-{Guid.NewGuid():N}");
        using var socket = new NotifySocket(inbox.Name, TimeProvider.System);
        socket.Starting("source 'plant' is not connected yet", TimeSpan.FromSeconds(30));

        Assert.Equal(["EXTEND_TIMEOUT_USEC=30000000", "STATUS=source 'plant' is not connected yet"], await inbox.NextAsync());
    }

    [Fact]
    public async Task Starting_LineBreakInAStatus_IsNoAssignment()
    {
        using var inbox = new NotifyInbox($"@detector-test-{Guid.NewGuid():N}");
        using var socket = new NotifySocket(inbox.Name, TimeProvider.System);
        socket.Ready("a\nMAINPID=1\r\nb");

        Assert.Equal(["READY=1", "STATUS=a MAINPID=1 b"], await inbox.NextAsync());
    }

    [Fact]
    public async Task Reloading_SystemClock_CarriesTheMonotonicTime()
    {
        using var inbox = new NotifyInbox($"@detector-test-{Guid.NewGuid():N}");
        using var socket = new NotifySocket(inbox.Name, TimeProvider.System);
        long before = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
        socket.Reloading();
        long after = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

        string[] message = await inbox.NextAsync();
        Assert.Equal("RELOADING=1", message[0]);
        Assert.StartsWith("MONOTONIC_USEC=", message[1], StringComparison.Ordinal);
        Assert.InRange(long.Parse(message[1]["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture), before, after);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/path")]
    [InlineData("/no/such/socket")]
    public void Alive_NobodyListens_IsNoError(string? path)
    {
        using var socket = new NotifySocket(path, TimeProvider.System);
        socket.Alive();
        Assert.Equal(path is "/no/such/socket", socket.IsHeard);
    }
}
