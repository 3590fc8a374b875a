using System.Text;
using Detector.Worker.Ingestion;

namespace Detector.Worker.Tests.Ingestion;

public sealed class TailSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("detector-").FullName;

    private string LogPath => Path.Combine(_directory, "app.log");

    private string Positions => Path.Combine(_directory, "positions", "app");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Run_FileGrows_HandsOverWholeLines()
    {
        using Following tail = Follow();
        Append("one\ntw");
        tail.Expect("one");
        Append("o\r\n\nthree\n");
        tail.Expect("one", "two", "three");
    }

    [Fact]
    public void Run_FileRenamedAndBegunAnew_ReadsTheRestOfTheOldFirst()
    {
        Append("a 1\n");
        using Following tail = Follow();
        tail.Expect("a 1");
        Append("a 2\n");
        File.Move(LogPath, LogPath + ".1");
        File.AppendAllText(LogPath + ".1", "a 3\n");
        Append("b 1\n");
        tail.Expect("a 1", "a 2", "a 3", "b 1");
    }

    [Fact]
    public void Run_RotatedSeveralTimesMeanwhile_ReadsAllInTheirOrder()
    {
        Append("a 1\n");
        using (Following first = Follow())
            first.Expect("a 1");
        DateTime written = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        void Rotate(string to)
        {
            File.Move(LogPath, Path.Combine(_directory, to));
            File.SetLastWriteTimeUtc(Path.Combine(_directory, to), written = written.AddMinutes(1));
        }

        Append("a 2\n");
        Rotate("app.log.3");
        Append("b 1\n");
        Rotate("app.log.2");
        Append("c 1\n");
        Rotate("app-20250601.log");
        Append("d 1\n");
        File.WriteAllText(Path.Combine(_directory, "app-errors.log"), "another log\n");
        using Following second = Follow();
        second.Expect("a 2", "b 1", "c 1", "d 1");
    }

    [Fact]
    public void Run_FileTruncated_BeginsAnew()
    {
        Append("a 1\na 2\n");
        using Following tail = Follow();
        tail.Expect("a 1", "a 2");
        File.WriteAllText(LogPath, "b\n");
        tail.Expect("a 1", "a 2", "b");
    }

    [Fact]
    public void Run_Restart_GoesOnBehindTheFinishedPrefix()
    {
        Append("1\n2\n3\n");
        using (Following first = Follow(releaseAtOnce: false))
        {
            first.Expect("1", "2", "3");
            first.Inbox.Messages.First().Receipt.Release();
        }

        using Following second = Follow();
        second.Expect("2", "3");
    }

    [Fact]
    public void Run_RotatedWhileAway_FindsTheOldFileAgain()
    {
        Append("old 1\nold 2\n");
        using (Following first = Follow())
            first.Expect("old 1", "old 2");
        Append("old 3\n");
        File.Move(LogPath, Path.Combine(_directory, "app.log-20250601"));
        Append("new 1\n");
        using Following second = Follow();
        second.Expect("old 3", "new 1");
    }

    [Fact]
    public void Run_NotFromStart_SkipsWhatIsThere()
    {
        Append("old\n");
        using Following tail = Follow(fromStart: false);
        tail.Settle();
        Append("new\n");
        tail.Expect("new");
    }

    [Fact]
    public void Run_LineTooLong_IsCutAndTheNextIsWhole()
    {
        Append(new string('x', 300_000) + "\nnext\n");
        using Following tail = Follow();
        tail.Expect(new string('x', 1025), "next");
    }

    private void Append(string text) => File.AppendAllText(LogPath, text, new UTF8Encoding(false));

    private Following Follow(bool fromStart = true, bool releaseAtOnce = true) => new(LogPath, Positions, fromStart, releaseAtOnce);

    private sealed class Following : IDisposable
    {
        private readonly TailSource _source;
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;

        public Following(string path, string positions, bool fromStart, bool releaseAtOnce)
        {
            Inbox = new Inbox { ReleaseAtOnce = releaseAtOnce };
            _source = new TailSource("app", path, 64, 1024, fromStart, positions, TimeProvider.System);
            _thread = new Thread(() => _source.Run(Inbox, _stop.Token));
            _thread.Start();
        }

        public Inbox Inbox { get; }

        public void Settle()
        {
            int idles = Inbox.Idles;
            Assert.True(SpinWait.SpinUntil(() => Inbox.Idles > idles + 2, TimeSpan.FromSeconds(30)));
        }

        public void Expect(params string[] lines)
        {
            SpinWait.SpinUntil(() => Inbox.Messages.Count >= lines.Length, TimeSpan.FromSeconds(30));
            Settle();
            Assert.Equal(lines, Inbox.Messages.Select(message => message.Payload));
        }

        public void Dispose()
        {
            _stop.Cancel();
            _thread.Join();
            _source.Dispose();
            _stop.Dispose();
        }
    }
}
