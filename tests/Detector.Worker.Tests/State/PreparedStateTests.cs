using System.Text;
using Detector.Worker.State;

namespace Detector.Worker.Tests.State;

/// <summary>State that is written before its transaction is committed, and counts only if it was.</summary>
public sealed class PreparedStateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _refused = [];

    private string Folder => Path.Combine(_directory.Path, "plant", "sensors-0");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_FirstStateWhoseTransactionWasCommitted_IsInForce()
    {
        using (IPartitionState state = Open(null))
            Assert.Equal(10, state.Prepare(Delta(10, "first")).Offset);
        using IPartitionState again = Open(10);
        Assert.Equal(10, again.Position);
        Assert.Equal("first", Text(again));
        Assert.Empty(Directory.GetFiles(Folder, "*.prepared"));
        Assert.Empty(_refused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10L)]
    public void Open_TransactionWasNotCommitted_TheStateBeforeItServes(long? committed)
    {
        using (IPartitionState state = Open(null))
        {
            Commit(state, Delta(10, "before"));
            state.Prepare(Delta(20, "after"));
            Assert.Equal("before", Text(state)); // until it is in force
        }

        using IPartitionState again = Open(committed);
        Assert.Equal(10, again.Position);
        Assert.Equal("before", Text(again));
        Assert.Empty(Directory.GetFiles(Folder, "*.prepared"));
        Assert.Empty(_refused);
    }

    [Fact]
    public void Open_PositionThatHasNotMoved_TellsTheTwoStatesApart()
    {
        long first, second;
        using (IPartitionState state = Open(null))
        {
            first = Commit(state, Delta(10, "1"));
            second = state.Prepare(Delta(10, "2")).Offset;
        }

        Assert.NotEqual(first, second);
        Copy(Folder, Folder + "-2");
        using (IPartitionState discarded = Open(first))
            Assert.Equal("1", Text(discarded));
        Directory.Delete(Folder, recursive: true);
        Directory.Move(Folder + "-2", Folder);

        using IPartitionState kept = Open(second);
        Assert.Equal("2", Text(kept));
        // And the next one differs from what is committed, in this life too.
        Assert.NotEqual(second, kept.Prepare(Delta(10, "3")).Offset);
        kept.PutInForce();
        Assert.Equal(12, kept.Prepare(Delta(12, "4")).Offset);
    }

    [Fact]
    public void Open_PreparedAtEveryLengthOfItsFile_IsWholeOrRefused()
    {
        using (IPartitionState state = Open(null))
        {
            Commit(state, Delta(10, "before"));
            state.Prepare(Delta(20, "after"));
        }

        string path = Assert.Single(Directory.GetFiles(Folder, "*.prepared"));
        byte[] whole = File.ReadAllBytes(path);
        Copy(Folder, Folder + "-whole");
        for (int length = 0; length <= whole.Length; length++)
        {
            Directory.Delete(Folder, recursive: true);
            Copy(Folder + "-whole", Folder);
            File.WriteAllBytes(path, whole[..length]);
            _refused.Clear();
            using IPartitionState state = Open(20);
            Assert.Equal(length < whole.Length ? "before" : "after", Text(state));
            Assert.Equal(length < whole.Length, _refused.Count > 0);
        }
    }

    [Fact]
    public void PutInForce_AnotherProcessHasOpenedIt_GivesThePartitionUp()
    {
        using IPartitionState first = Open(null);
        Commit(first, Delta(10, "1"));
        first.Prepare(Delta(20, "of the first"));
        using IPartitionState second = Open(20);
        Assert.Equal("of the first", Text(second));

        Assert.Throws<StateLostException>(() => first.PutInForce());
        Commit(second, Delta(30, "of the second"));
        using IPartitionState third = Open(30);
        Assert.Equal("of the second", Text(third));
    }

    [Fact]
    public void PutInForce_WhatWasPreparedIsGone_WritesItAnew()
    {
        using IPartitionState state = Open(null);
        Commit(state, Delta(10, "1"));
        state.Prepare(Delta(20, "2"));
        File.Delete(Assert.Single(Directory.GetFiles(Folder, "*.prepared")));
        state.PutInForce();
        Assert.Equal("2", Text(state));
        using IPartitionState again = Open(20);
        Assert.Equal("2", Text(again));
    }

    [Fact]
    public void Prepare_DiskRefuses_ChangesNothingAndGoesOnLater()
    {
        using IPartitionState state = Open(null);
        Commit(state, Delta(10, "1"));
        string aside = Folder + ".away";
        Directory.Move(Folder, aside);
        File.WriteAllText(Folder, "no folder");
        Assert.Throws<IOException>(() => state.Prepare(Delta(20, "2")));
        File.Delete(Folder);
        Directory.Move(aside, Folder);

        Assert.Equal("1", Text(state));
        Assert.Equal(20, Commit(state, Delta(20, "2")));
        using IPartitionState again = Open(20);
        Assert.Equal("2", Text(again));
    }

    [Fact]
    public void PutInForce_ManyTimes_LeavesNothingBeside()
    {
        using (IPartitionState state = Open(null))
        {
            for (int i = 1; i <= 200; i++)
                Commit(state, Delta(i / 2 + 1, $"{i}"));
        }

        Assert.Empty(Directory.GetFiles(Folder, "*.prepared"));
        Assert.Equal(2, Directory.GetFiles(Folder, "*.full").Length);
        using IPartitionState again = Open(101);
        Assert.Equal("200", Text(again));
        Assert.Empty(_refused);
    }

    private static long Commit(IPartitionState state, StateDelta delta)
    {
        long offset = state.Prepare(delta).Offset;
        state.PutInForce();
        return offset;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private IPartitionState Open(long? committed) => new DirectoryStateStore(_directory.Path, _refused.Add).Open("plant", "sensors-0", committed);

    private static string? Text(IPartitionState state) => state.Read("a") is { } value ? Encoding.UTF8.GetString(value) : null;

    private static StateDelta Delta(long position, string value) => new(position, [], [StateRecord.Of("a", Encoding.UTF8.GetBytes(value))]);
}
