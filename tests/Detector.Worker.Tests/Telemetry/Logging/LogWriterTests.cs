using System.Globalization;
using System.Text.Json;
using Detector.Worker.Hosting;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry.Logging;
using Microsoft.Extensions.Logging;

namespace Detector.Worker.Tests.Telemetry.Logging;

public sealed class LogWriterTests
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Text_WithoutColor_IsOnePlainLine()
    {
        Logger(LogFormat.Text).MessageDropped("plant", "malformed\nforged", "t", 0, 5, 3);

        Assert.Equal(
            "2026-03-01 12:00:00.000Z warn  Message of source plant dropped: malformed forged (topic t, partition 0, offset 5; 3 like it not logged)\n",
            _output.ToString());
    }

    [Theory]
    [InlineData("a\r\n2026-03-01 12:00:00.000Z error forged")]
    [InlineData("a\u2028b\u0085c\fd")]
    [InlineData("\e]0;title\a\e[2Jcleared")]
    [InlineData("back\b\b\b\bspace\0\u009b31m")]
    public void Text_ControlCharacters_NeitherBeginALineNorReachATerminal(string evil)
    {
        Logger(LogFormat.Text).MessageDropped(evil, evil, evil, 0, 5, 3);
        string line = _output.ToString();
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], character => char.IsControl(character) || character is '\u2028' or '\u2029');
    }

    [Fact]
    public void Text_WithColor_PaintsTheLevel()
    {
        Logger(LogFormat.Text, color: true).Serving("here");
        Assert.Contains("\e[32minfo \e[0m Metrics and health are served at here", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Record_CarriesFieldsByName()
    {
        Logger(LogFormat.Json).MessageDropped("plant", "malformed", "t", 1, 5, 3);
        JsonElement record = JsonDocument.Parse(_output.ToString()).RootElement;

        Assert.Equal("2026-03-01T12:00:00Z", record.GetProperty("time").GetString());
        Assert.Equal("warn", record.GetProperty("level").GetString());
        Assert.Equal("MessageDropped", record.GetProperty("event").GetString());
        Assert.Equal("category", record.GetProperty("category").GetString());
        Assert.Equal(5, record.GetProperty("fields").GetProperty("Offset").GetInt64());
        Assert.Equal("malformed", record.GetProperty("fields").GetProperty("Reason").GetString());
    }

    [Fact]
    public void Json_Exception_StaysOnTheLine()
    {
        Logger(LogFormat.Json).StageFailed(new InvalidOperationException("line 1\nline 2"), "scoring");

        Assert.Single(_output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("line 1", JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_BelowTheLeastLevel_IsNotWritten()
    {
        Logger(LogFormat.Text, least: LogLevel.Warning).Serving("here");
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public void RateLimitedLog_ManyLines_LetsOnePerReasonAndIntervalThrough()
    {
        var limit = new RateLimitedLog(TimeSpan.FromSeconds(10), _time);

        Assert.True(limit.Allows("late", out long suppressed));
        Assert.Equal(0, suppressed);
        Assert.False(limit.Allows("late", out _));
        Assert.False(limit.Allows("late", out _));
        Assert.True(limit.Allows("malformed", out _));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(limit.Allows("late", out suppressed));
        Assert.Equal(2, suppressed);
        Assert.False(limit.Allows("late", out _));
    }

    private ILogger Logger(LogFormat format, bool color = false, LogLevel least = LogLevel.Information) =>
        new LogWriter(_output, format, color, least, _time).CreateLogger("category");
}
