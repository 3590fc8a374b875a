using System.Text;
using Detector.Models.Logs;

namespace Detector.Models.Tests.Logs;

public sealed class LineMaskerTests
{
    [Theory]
    [InlineData("Receiving block blk_-1608999687919862906 src: /10.250.19.102:54106", "Receiving block * src: *")]
    [InlineData("took 12 ms, 3.5 KB free", "took *, * free")]
    [InlineData("1190 bytes (1.16 KB) sent, 0 bytes received", "* sent, * received")]
    [InlineData("lifetime <1 sec", "lifetime *")]
    [InlineData("connection from 202.82.200.188 () at Fri Jul  1 07:57:30 2005", "connection from * (*) at *")]
    [InlineData("GET https://example.org/a/b?c=d&e=1 HTTP", "GET * HTTP")]
    [InlineData("\"GET /v2/servers/detail?all=True&since=x HTTP/1.1\"", "\"GET * *\"")]
    [InlineData("open C:\\Windows\\winsxs\\amd64.dll failed", "open * failed")]
    [InlineData("proxy.cse.cuhk.edu.hk:5070 close", "* close")]
    [InlineData("action java.io.IOException raised", "action java.io.IOException raised")]
    [InlineData("session opened for user cyrus by root", "session opened for user * by root")]
    [InlineData("lock=233570404, tag=\"View Lock\", ws=null", "lock=*, tag=\"*\", ws=null")]
    [InlineData("mask=ffffffff old", "mask=* old")]
    [InlineData("nodes 1 2 3 4 5", "nodes *")]
    [InlineData("id 550e8400-e29b-41d4-a716-446655440000 done", "id * done")]
    [InlineData("0x1f at 12:30:01.5", "* at *")]
    [InlineData("\u001b[31mERROR\u001b[0m disk full", "ERROR disk full")]
    [InlineData("ошибка диска 7 в системе", "ошибка диска * в системе")]
    [InlineData("磁盘错误 42", "磁盘错误 *")]
    [InlineData("a\tb\u0000c", "a b c")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Mask_Default_LeavesWhatTheProgramSays(string line, string expected) => Assert.Equal(expected, Mask(line, Masks.Default));

    [Fact]
    public void Mask_None_MasksTokensWithDigitsOnly() => Assert.Equal("GET /a/b from host.example.org took * ms", Mask("GET /a/b from host.example.org took 12 ms", Masks.None));

    [Fact]
    public void Mask_Quoted_HidesAnyQuotedText() => Assert.Equal("say \"*\" twice", Mask("say \"hello world\" twice", Masks.Default | Masks.Quoted));

    [Fact]
    public void Mask_ManyTokens_EndsInAVariablePart()
    {
        var line = new MaskedLine();
        new LineMasker().Mask(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat("word", 500))), line);
        Assert.Equal(MaskedLine.MaxTokens, line.Count);
        Assert.EndsWith("word *", Encoding.UTF8.GetString(line.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_Numbers_AreKept()
    {
        var line = new MaskedLine();
        new LineMasker().Mask("took 12.5 ms for 3 of 0x1f"u8, line);
        Assert.Equal([12.5, 3], line.Numbers.ToArray());
    }

    private static string Mask(string text, Masks masks)
    {
        var line = new MaskedLine();
        new LineMasker(masks).Mask(Encoding.UTF8.GetBytes(text), line);
        return Encoding.UTF8.GetString(line.Text);
    }
}
