using System.Globalization;
using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Deploy;

/// <summary>The unit, by systemd's own tools and by what the program knows.</summary>
public sealed partial class SystemdUnitTests : IDisposable
{
    private const string Installed = "/usr/lib/detector/detector";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Unit_SystemdAnalyzeVerify_FindsNothing()
    {
        // The program stands where the unit says only once it is installed.
        string program = Path.Combine(AppContext.BaseDirectory, "detector");
        Assert.True(File.Exists(program), program);
        string unit = _directory.Write("detector.service", Unit().Replace(Installed, program, StringComparison.Ordinal));

        ToolResult result = await ExternalTool.RunAsync("systemd-analyze", ["verify", "--man=no", unit]);
        Assert.Equal(new ToolResult(0, "", ""), result);
    }

    [Fact]
    public async Task Unit_ExposureLevel_IsAtMostOneAndAHalf()
    {
        ToolResult result = await ExternalTool.RunAsync("systemd-analyze", ["security", "--offline=yes", _directory.Write("detector.service", Unit())]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.InRange(Level(result.Output), 0.1, 1.5);
    }

    [Fact]
    public async Task Unit_WithGpu_ExposureLevelIsAtMostOneAndAHalf()
    {
        string unit = _directory.Write("detector.service", Unit());
        Directory.CreateDirectory(unit + ".d");
        File.Copy(RepositoryFiles.Path("deploy", "systemd", "gpu.conf"), Path.Combine(unit + ".d", "gpu.conf"));
        ToolResult result = await ExternalTool.RunAsync("systemd-analyze", ["security", "--offline=yes", unit]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.InRange(Level(result.Output), 0.1, 1.5);
    }

    [Fact]
    public void Unit_Commands_AreUnderstood()
    {
        string[] commands = [.. Command().Matches(Unit()).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, commands.Length);
        Assert.All(commands, command => Assert.Empty(CommandLine.Root().Parse(command).Errors));
    }

    [Fact]
    public void Unit_ExitCodes_OfAWrongConfigurationPreventARestart() => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"RestartPreventExitStatus={ExitCodes.Usage} {ExitCodes.Configuration}\n"), Unit(), StringComparison.Ordinal);

    private static string Unit() => File.ReadAllText(RepositoryFiles.Path("deploy", "systemd", "detector.service"));

    private static double Level(string output) => double.Parse(Overall().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Exec(?:StartPre|Start)=/usr/lib/detector/detector (.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"Overall exposure level for detector\.service: (\d+\.\d+)")]
    private static partial Regex Overall();
}
