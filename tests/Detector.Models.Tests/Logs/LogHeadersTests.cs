using System.Globalization;
using System.Text;
using Detector.Models.Logs;

namespace Detector.Models.Tests.Logs;

public sealed class LogHeadersTests
{
    private static readonly long s_now = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("2015-10-18 18:01:47,978 INFO [main] org.apache.App: Created it", "2015-10-18T18:01:47.978", LogSeverity.Info, "org.apache.App", "Created it")]
    [InlineData("2015-07-29 17:41:44,747 - WARN  [Quorum[myid=1]/0:0:2181:Fast@774] - Notification time out: 3200", "2015-07-29T17:41:44.747", LogSeverity.Warning, "", "Notification time out: 3200")]
    [InlineData("Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user x from 1.2.3.4", "2025-12-10T06:55:46", LogSeverity.Unknown, "sshd", "Invalid user x from 1.2.3.4")]
    [InlineData("<34>Feb  1 22:14:15 mymachine su: 'su root' failed", "2026-02-01T22:14:15", LogSeverity.Critical, "su", "'su root' failed")]
    [InlineData("<165>1 2003-10-11T22:14:15.003Z host.example.com evntslog - ID47 [a@1 b=\"x]\\\"y\"][c@2] It came", "2003-10-11T22:14:15.003", LogSeverity.Notice, "evntslog", "It came")]
    [InlineData("<14>1 2003-08-24T05:14:15.000003-07:00 - app 8710 - - message", "2003-08-24T12:14:15.000003", LogSeverity.Info, "app", "message")]
    [InlineData("[Sun Dec 04 04:47:44 2005] [error] mod_jk child in error state 6", "2005-12-04T04:47:44", LogSeverity.Error, "", "mod_jk child in error state 6")]
    [InlineData("2024/05/01 10:11:12 [error] 31#31: *1 open() failed", "2024-05-01T10:11:12", LogSeverity.Error, "31#31", "*1 open() failed")]
    [InlineData("081109 203518 143 INFO dfs.DataNode: Receiving", "2008-11-09T20:35:18", LogSeverity.Info, "dfs.DataNode", "Receiving")]
    [InlineData("17/06/09 20:10:40 ERROR executor.Backend: Lost", "2017-06-09T20:10:40", LogSeverity.Error, "executor.Backend", "Lost")]
    [InlineData("03-17 16:13:38.811  1702  2395 D WindowManager: printing", "2025-03-17T16:13:38.811", LogSeverity.Debug, "WindowManager", "printing")]
    [InlineData("20171223-22:15:29:606|Step_LSC|30002312|onStep 3579", "2017-12-23T22:15:29.606", LogSeverity.Unknown, "Step_LSC", "onStep 3579")]
    [InlineData("2016-09-28 04:30:30, Info                  CBS    Loaded", "2016-09-28T04:30:30", LogSeverity.Info, "", "CBS    Loaded")]
    [InlineData("1117838570 2005.06.03 R02 2005-06-03-15.42.50.675872 R02 RAS KERNEL FATAL parity", "2005-06-03T15:42:50.675872", LogSeverity.Critical, "", "parity")]
    [InlineData("1748779200 started", "2025-06-01T12:00:00", LogSeverity.Unknown, "", "started")]
    [InlineData("no time at all: INFO here", "", LogSeverity.Unknown, "", "no time at all: INFO here")]
    public void Read_CommonFormats_FindsTimeLevelComponentAndContent(string line, string time, LogSeverity level, string component, string content)
    {
        LogHeader header = LogHeaders.Read(Encoding.UTF8.GetBytes(line), s_now);
        Assert.Equal(content, Encoding.UTF8.GetString(header.Content));
        Assert.Equal(component, Encoding.UTF8.GetString(header.Component));
        Assert.Equal(level, header.Level);
        Assert.Equal(time, header.Ticks == 0 ? "" : new DateTime(header.Ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("""{"time":"2025-06-01T12:00:00Z","level":"error","msg":"disk \"a\" full","logger":"io","host":"h1"}""", "disk \"a\" full", LogSeverity.Error, "io")]
    [InlineData("""{"@timestamp":1748779200,"severity":"WARN","message":"slow","nested":{"msg":"no"}}""", "slow", LogSeverity.Warning, "")]
    [InlineData("time=2025-06-01T12:00:00Z level=info msg=\"user came\" component=auth id=7", "user came", LogSeverity.Info, "auth")]
    public void TryRead_StructuredLine_FindsTheMessage(string line, string content, LogSeverity level, string component)
    {
        Assert.True(new StructuredLine().TryRead(Encoding.UTF8.GetBytes(line), s_now, out LogHeader header));
        Assert.Equal(content, Encoding.UTF8.GetString(header.Content));
        Assert.Equal((level, component), (header.Level, Encoding.UTF8.GetString(header.Component)));
        Assert.Equal(new DateTime(2025, 6, 1, 12, 0, 0).Ticks, header.Ticks);
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"msg\":\"\\ud800\"}")]
    [InlineData("{}")]
    [InlineData("plain words = here")]
    [InlineData("a=1 b=2")]
    public void TryRead_NoMessage_IsRefused(string line) => Assert.False(new StructuredLine().TryRead(Encoding.UTF8.GetBytes(line), s_now, out _));

    [Fact]
    public void TryRead_Layout_TakesItsFields()
    {
        LogLayout layout = LogLayout.Parse("<Date> <Time> - <Level> [<Component>@<Id>] - <Content>", out _)!;
        Assert.True(layout.TryRead("2015-07-29 17:41:44,747 - ERROR   [a/b:1@774] - it - broke"u8, s_now, out LogHeader header));
        Assert.Equal("it - broke", Encoding.UTF8.GetString(header.Content));
        Assert.Equal("a/b:1", Encoding.UTF8.GetString(header.Component));
        Assert.Equal(LogSeverity.Error, header.Level);
        Assert.False(layout.TryRead("something else"u8, s_now, out _));
    }

    [Theory]
    [InlineData("<Date> <Level>")]
    [InlineData("<Date><Content>")]
    [InlineData("<Date <Content>")]
    public void Parse_WrongLayout_SaysWhy(string layout)
    {
        Assert.Null(LogLayout.Parse(layout, out string error));
        Assert.NotEqual("", error);
    }
}
