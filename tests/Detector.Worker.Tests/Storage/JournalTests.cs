using System.Text;
using Detector.Worker.Storage;

namespace Detector.Worker.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "deep", "down", "marks.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_AfterAppends_FindsTheLinesInOrder()
    {
        using (var journal = new Journal(File))
        {
            Assert.Empty(journal.Lines);
            journal.Append(Line("one"));
            journal.Append(Line("two"), Line("three"));
        }

        Assert.Equal(["one", "two", "three"], Read());
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("{\"half\":")]
    public void Open_LastLineTorn_CutsItOffAndGoesOn(string rest)
    {
        using (var journal = new Journal(File))
            journal.Append(Line("whole"));
        System.IO.File.AppendAllText(File, rest);

        using (var journal = new Journal(File))
        {
            Assert.Single(journal.Lines);
            journal.Append(Line("next"));
        }

        Assert.Equal(["whole", "next"], Read());
    }

    [Fact]
    public void Rewrite_ThenAppend_HoldsBoth()
    {
        using (var journal = new Journal(File))
        {
            journal.Append(Line("old"), Line("older"));
            journal.Rewrite([Line("new")]);
            journal.Append(Line("newer"));
        }

        Assert.Equal(["new", "newer"], Read());
    }

    [Fact]
    public void Open_RewriteBrokenOff_KeepsTheOldFile()
    {
        using (var journal = new Journal(File))
            journal.Append(Line("kept"));
        System.IO.File.WriteAllText(File + ".new", "half a rewrite");

        Assert.Equal(["kept"], Read());
        Assert.False(System.IO.File.Exists(File + ".new"));
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text);

    private string[] Read()
    {
        using var journal = new Journal(File);
        return [.. journal.Lines.Select(Encoding.UTF8.GetString)];
    }
}
