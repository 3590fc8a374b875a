using System.Text;
using Detector.Worker.State;

namespace Detector.Worker.Tests.State;

public sealed class DirectoryPartitionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _refused = [];

    private string Folder => Path.Combine(_directory.Path, "plant", "sensors-0");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_NothingKept_HasNoPosition()
    {
        using IPartitionState state = Open();
        Assert.Null(state.Position);
        Assert.Empty(state.Keys);
        Assert.Null(state.Read("a"));
    }

    [Fact]
    public void Append_ThenOpen_GivesTheNewestOfEveryRecord()
    {
        using (IPartitionState state = Open())
        {
            state.Append(Delta(10, ("a", "1"), ("b", "1")));
            state.Append(Delta(20, ("b", "2"), ("c", "2")));
            state.Append(Delta(30, ("a", null)));
        }

        using IPartitionState again = Open();
        Assert.Equal(30, again.Position);
        Assert.Equal("common 30", Encoding.UTF8.GetString(again.Common));
        Assert.Equal(["b", "c"], again.Keys.Order());
        Assert.Equal("2", Text(again, "b"));
        Assert.Equal("2", Text(again, "c"));
        Assert.Null(again.Read("a"));
        Assert.Empty(_refused);
    }

    [Fact]
    public void Append_ManyTimes_KeepsTwoFullSegmentsAndEveryRecord()
    {
        using (IPartitionState state = Open())
        {
            for (int i = 1; i <= 400; i++)
                state.Append(Delta(i, ($"k{i % 50}", $"{i}"), ("all", $"{i}")));
        }

        Assert.Equal(2, Directory.GetFiles(Folder, "*.full").Length);
        Assert.InRange(Directory.GetFiles(Folder).Length, 3, 2 * 66);
        using IPartitionState again = Open();
        Assert.Equal(51, again.Keys.Count);
        Assert.Equal("400", Text(again, "all"));
        Assert.All(Enumerable.Range(351, 50), i => Assert.Equal($"{i}", Text(again, $"k{i % 50}")));
    }

    [Fact]
    public void Open_LastSegmentTruncatedAtEveryLength_GivesTheStateBeforeItAndSaysWhy()
    {
        using (IPartitionState state = Open())
        {
            state.Append(Delta(10, ("a", "old")));
            state.Append(Delta(20, ("a", "new")));
        }

        string last = Directory.GetFiles(Folder, "*.delta").Order(StringComparer.Ordinal).Last();
        byte[] whole = File.ReadAllBytes(last);
        for (int length = 0; length < whole.Length; length++)
        {
            Reset(last, whole[..length]);
            using IPartitionState state = Open();
            Assert.Equal(10, state.Position);
            Assert.Equal("old", Text(state, "a"));
            Assert.Contains(_refused, reason => reason.Contains(last, StringComparison.Ordinal) && reason.Contains("serves", StringComparison.Ordinal));
        }

        Reset(last, whole);
        using IPartitionState untouched = Open();
        Assert.Equal(20, untouched.Position);
    }

    [Fact]
    public void Open_AnyByteOfTheNewestFullSegmentFlipped_GivesTheGenerationBefore()
    {
        using (IPartitionState state = Open())
        {
            for (int i = 1; i <= 66; i++)
                state.Append(Delta(i, ("a", $"{i}")));
        }

        string newest = Directory.GetFiles(Folder, "*.full").Order(StringComparer.Ordinal).Last();
        byte[] whole = File.ReadAllBytes(newest);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] broken = [.. whole];
            broken[at] ^= 0x20;
            Reset(newest, broken);
            using IPartitionState state = Open();
            Assert.Equal(65, state.Position);
            Assert.Equal("65", Text(state, "a"));
        }
    }

    [Fact]
    public void Append_AfterAnotherProcessHasOpenedIt_GivesThePartitionUp()
    {
        using IPartitionState first = Open();
        first.Append(Delta(10, ("a", "1")));
        using IPartitionState second = Open();

        Assert.Throws<StateLostException>(() => first.Append(Delta(20, ("a", "of the first"))));
        second.Append(Delta(30, ("a", "of the second")));

        using IPartitionState third = Open();
        Assert.Equal("of the second", Text(third, "a"));
    }

    [Fact]
    public void Append_DiskRefuses_ThrowsAndGoesOnLater()
    {
        using IPartitionState state = Open();
        state.Append(Delta(10, ("a", "1")));
        string aside = Folder + ".away";
        Directory.Move(Folder, aside);
        File.WriteAllText(Folder, "no folder");
        Assert.Throws<IOException>(() => state.Append(Delta(20, ("a", "2"))));
        File.Delete(Folder);
        Directory.Move(aside, Folder);

        state.Append(Delta(20, ("a", "2")));
        Assert.Equal("2", Text(state, "a"));
        using IPartitionState again = Open();
        Assert.Equal("2", Text(again, "a"));
    }

    [Fact]
    public void Append_FolderWasRemoved_WritesAllOfItAnew()
    {
        using IPartitionState state = Open();
        state.Append(Delta(10, ("a", "1")));
        state.Append(Delta(20, ("b", "1")));
        Directory.Delete(Folder, recursive: true);
        state.Append(Delta(30, ("c", "1")));
        using IPartitionState again = Open();
        Assert.Equal(30, again.Position);
        Assert.Equal(["a", "b", "c"], again.Keys.Order());
        Assert.Equal("1", Text(again, "a"));
    }

    private IPartitionState Open() => new DirectoryStateStore(_directory.Path, _refused.Add).Open("plant", "sensors-0");

    /// <summary>Puts a file as it is to be, and removes what opening it has written and set aside.</summary>
    private void Reset(string path, byte[] content)
    {
        foreach (string file in Directory.GetFiles(Folder).Where(file => string.CompareOrdinal(file, path) >= 0))
            File.Delete(file);
        File.WriteAllBytes(path, content);
        _refused.Clear();
    }

    private static string? Text(IPartitionState state, string key) => state.Read(key) is { } value ? Encoding.UTF8.GetString(value) : null;

    private static StateDelta Delta(long position, params (string Key, string? Value)[] records) => new(
        position,
        Encoding.UTF8.GetBytes($"common {position}"),
        [.. records.Select(record => StateRecord.Of(record.Key, record.Value is null ? null : Encoding.UTF8.GetBytes(record.Value)))]);
}
