using Detector.Worker.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing;

public sealed class LineSinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("detector-").FullName;
    private readonly Claims _claims = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Publish_FileSink_AppendsALineEachAndReleases()
    {
        string path = Path.Combine(_directory, "alerts.jsonl");
        File.WriteAllText(path, "old\n");
        using (var sink = SinkFactory.Create("alerts", new SinkOptions { Type = "file", Path = path }, NullLoggerFactory.Instance))
        {
            sink.Publish(_claims.Record(1), CancellationToken.None);
            Assert.Equal([1L], _claims.Released);
            Assert.Equal("old\n1\n", Read(path));
            sink.Publish(_claims.Record(2), CancellationToken.None);
            Assert.Equal(0, sink.Flush(TimeSpan.Zero));
        }

        Assert.Equal("old\n1\n2\n", Read(path));
    }

    [Fact]
    public void Publish_DiskFullForAWhile_WritesEachLineOnce()
    {
        using var stream = new FailingStream { Failures = 2 };
        var errors = new List<string>();
        using var sink = new LineSink("alerts", stream, leaveOpen: true, NullLogger.Instance, errors.Add);
        sink.Publish(_claims.Record(12, bytes: 10), CancellationToken.None);
        sink.Publish(_claims.Record(13), CancellationToken.None);
        Assert.Equal("xxxxxxxx12\n13\n", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(["io", "io"], errors);
        Assert.Equal([12, 13], _claims.Released);
    }

    [Fact]
    public void Publish_GivenUp_KeepsTheReceipt()
    {
        using var stream = new FailingStream { Failures = int.MaxValue };
        using var sink = new LineSink("alerts", stream, leaveOpen: true, NullLogger.Instance, _ => { });
        sink.Publish(_claims.Record(1), new CancellationToken(canceled: true));
        Assert.Empty(_claims.Released);
        Assert.Equal(1, sink.Flush(TimeSpan.Zero));
    }

    private static string Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>Takes half of what it is given and then fails, as often as it is told to.</summary>
    private sealed class FailingStream : MemoryStream
    {
        public int Failures { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Failures == 0)
            {
                base.Write(buffer);
                return;
            }

            Failures--;
            base.Write(buffer[..(buffer.Length / 2)]);
            throw new IOException("No space left on device");
        }
    }
}
