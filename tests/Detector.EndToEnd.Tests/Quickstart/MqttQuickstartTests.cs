using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.EndToEnd.Tests.Quickstart;

/// <summary>The quickstart on a mosquitto that it starts itself.</summary>
public sealed partial class MqttQuickstartTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Quickstart_Mqtt_FindsFaultsAndTakesItsBrokerWithIt()
    {
        // A process group of its own: the signal goes to all of it, as Ctrl-C on a terminal does.
        await using ExternalTool quickstart = ExternalTool.Start(
            "setsid",
            ["env", "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "detector.dll"), "quickstart", "--broker", "mqtt", "--minutes", "3", "--port", "0"]);
        await quickstart.WaitForTextAsync("Metrics  http", s_timeout);
        int port = int.Parse(BrokerLine().Match(quickstart.Output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await using ExternalTool outside = ExternalTool.Start("mosquitto_sub", ["-p", $"{port}", "-t", "anomaly-alerts/+", "-C", "1", "-F", "%t|%p"]);

        await quickstart.WaitForTextAsync("FIRING   pump-1", s_timeout);
        string[] alert = (await outside.ExitAsync(s_timeout)).Output.Split('|', 2);
        ToolResult sent = await ExternalTool.RunAsync("sh", ["-c", $"kill -INT -{quickstart.ProcessId}"]);
        Assert.True(sent.ExitCode == 0, sent.Error);
        ToolResult result = await quickstart.ExitAsync(s_timeout);

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Output + result.Error);
        Assert.Equal("anomaly-alerts/pump-1", alert[0]);
        Assert.Equal("pump-1", JsonDocument.Parse(alert[1]).RootElement.GetProperty("series").GetString());
        Assert.DoesNotContain("undelivered", result.Error, StringComparison.Ordinal);
        // Interrupted at the first alert: on a busy machine the next fault may have begun by then.
        Assert.Matches(@"\d+ faults? injected, [1-9]\d* found", result.Output);
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask());
    }

    [GeneratedRegex(@"^Broker +mqtt://127.0.0.1:(\d+)", RegexOptions.Multiline)]
    private static partial Regex BrokerLine();
}
