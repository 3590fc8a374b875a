using System.IO.Compression;
using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Ingestion;

public sealed class FileSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("detector-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Run_LinesOfEveryKind_HandsEachOverWithItsNumber()
    {
        Inbox inbox = Read("pump-3.csv", "a,b\r\n1,2\n\n3,4");
        Assert.Equal([("a,b", 0L), ("1,2", 1L), ("3,4", 3L)], inbox.Messages.Select(message => (message.Payload, message.Offset)));
        Assert.All(inbox.Messages, message => Assert.Equal(("pump-3", "pump-3", 0), (message.Topic, message.Key, message.Partition)));
    }

    [Fact]
    public void Run_PackedFile_IsUnpacked()
    {
        string path = Path.Combine(_directory, "pump.4.csv.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            packed.Write("x\ny\n"u8);
        Inbox inbox = Read(path);
        Assert.Equal(["x", "y"], inbox.Messages.Select(message => message.Payload));
        Assert.Equal("pump.4", inbox.Messages.First().Topic);
    }

    [Fact]
    public void Run_ManyLinesOfManyLengths_KeepsThemWhole()
    {
        var random = new Random(3);
        string[] lines = [.. Enumerable.Range(0, 3000).Select(i => $"{i}:{new string('x', random.Next(0, 300))}"), "end " + new string('y', 200_000)];
        Assert.Equal(lines, Read("many.txt", string.Join('\n', lines)).Messages.Select(message => message.Payload));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 11)]
    [InlineData(12, 11)]
    [InlineData(70_000, 11)]
    [InlineData(500_000, 11)]
    public void Run_LineTooLong_IsCutBehindTheLimitAndTheNextIsWhole(int length, int expected)
    {
        string path = Write("long.txt", "first\n" + new string('x', length) + "\r\nlast");
        var inbox = new Inbox();
        using (var source = new FileSource("file", path, 16, maxMessageBytes: 10))
            source.Run(inbox, CancellationToken.None);
        Assert.Equal(["first", new string('x', expected), "last"], inbox.Messages.Select(message => message.Payload));
    }

    [Fact]
    public void Run_PipelineFull_OffersTheSameLineAgain()
    {
        string path = Write("a.txt", "1\n2\n3\n");
        var inbox = new Inbox { Open = false };
        using var source = new FileSource("file", path, 16, 1024);
        var thread = new Thread(() => source.Run(inbox, CancellationToken.None));
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => inbox.Refusals > 3 && inbox.Idles > 3, TimeSpan.FromSeconds(30)));
        inbox.Open = true;
        thread.Join();
        Assert.Equal(["1", "2", "3"], inbox.Messages.Select(message => message.Payload));
    }

    [Fact]
    public void Run_TooMuchUnfinished_Waits()
    {
        string path = Write("a.txt", "1\n2\n3\n");
        var inbox = new Inbox { ReleaseAtOnce = false };
        using var source = new FileSource("file", path, maxInFlight: 2, 1024);
        var thread = new Thread(() => source.Run(inbox, CancellationToken.None));
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => inbox.Idles > 3, TimeSpan.FromSeconds(30)));
        Assert.Equal(2, inbox.Messages.Count);
        inbox.Messages.First().Receipt.Release();
        thread.Join();
        Assert.Equal(3, inbox.Messages.Count);
    }

    [Fact]
    public void Run_Paced_HandsOverAsTheClockAllows()
    {
        string path = Write("a.txt", string.Join('\n', Enumerable.Range(0, 100)));
        var clock = new FakeClock();
        var inbox = new Inbox();
        using var stop = new CancellationTokenSource();
        using var source = new FileSource("file", path, 1000, 1024, rowsPerSecond: 10, clock);
        var thread = new Thread(() => source.Run(inbox, stop.Token));
        thread.Start();
        Settle(inbox);
        Assert.Single(inbox.Messages);
        clock.Advance(TimeSpan.FromSeconds(2));
        Settle(inbox);
        Assert.Equal(21, inbox.Messages.Count);
        stop.Cancel();
        thread.Join();
    }

    private static void Settle(Inbox inbox)
    {
        int idles = inbox.Idles;
        Assert.True(SpinWait.SpinUntil(() => inbox.Idles > idles + 3, TimeSpan.FromSeconds(30)));
    }

    private Inbox Read(string name, string text) => Read(Write(name, text));

    private static Inbox Read(string path)
    {
        var inbox = new Inbox();
        using var source = SourceFactory.Create("file", new SourceOptions { Type = "file", Path = path }, NullLoggerFactory.Instance);
        source.Run(inbox, CancellationToken.None);
        return inbox;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
