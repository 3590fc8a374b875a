using System.Text;
using Detector.Models.Logs;
using Detector.Tests.Support;

namespace Detector.Models.Tests.Logs;

public sealed class TemplateMinerTests
{
    [Fact]
    public void Add_NumbersDiffer_IsOneTemplate()
    {
        var miner = new TemplateMiner();
        LogTemplate first = Add(miner, "took 12 ms for req-1", out bool isNew);
        LogTemplate second = Add(miner, "took 7 ms for req-99", out bool again);
        Assert.Same(first, second);
        Assert.Equal((true, false), (isNew, again));
        Assert.Equal((2, "took * for *"), (first.Count, first.Text));
    }

    [Fact]
    public void Add_ManyWordsAtOnePlace_BecomeOneTemplateThatKeepsAllIds()
    {
        var miner = new TemplateMiner();
        string[] names = ["alice", "bob", "carol", "dave", "erin", "frank"];
        string[] ids = [.. names.Select(name => Add(miner, $"password changed by {name} at console", out _).Id)];
        Assert.Equal(5, ids.Distinct().Count()); // the fifth makes them one, and the sixth is of it
        LogTemplate template = Assert.Single(miner.Templates);
        Assert.Equal((6, "password changed by * at console"), (template.Count, template.Text));
        Assert.All(ids, id => Assert.Same(template, miner.Find(id)));
    }

    [Fact]
    public void Add_FewStates_StayApart()
    {
        var miner = new TemplateMiner();
        foreach (string state in (string[])["NEW", "RUNNING", "FAILED", "KILLED", "DONE", "LOST"])
            Add(miner, $"the task went over to {state} now", out _);
        Assert.Equal(6, miner.Templates.Count);
    }

    [Fact]
    public void Add_WordWhereANumberWas_IsOfTheSameTemplate()
    {
        var miner = new TemplateMiner();
        LogTemplate number = Add(miner, "clock is synchronized to 10.0.0.1, stratum 3", out _);
        Assert.Same(number, Add(miner, "clock is synchronized to LOCAL(0), stratum 10", out bool isNew));
        Assert.False(isNew);
    }

    [Fact]
    public void Add_SeveralValuesDiffer_IsOneTemplate()
    {
        var miner = new TemplateMiner();
        foreach (string name in (string[])["phone", "audio", "camera"])
            Add(miner, $"acquire lock=1, tag={name}, owner=com.{name}.app, ws=null", out _);
        Assert.Equal("acquire lock=*, tag=*, owner=*, ws=*", Assert.Single(miner.Templates).Text);
    }

    [Fact]
    public void Id_SameText_IsTheSameInEveryMinerAndOrder()
    {
        string[] lines = ["user 7 came", "disk 3 is full", "cache refreshed in 3 ms"];
        var first = new TemplateMiner();
        var second = new TemplateMiner();
        string[] ids = [.. lines.Select(line => Add(first, line, out _).Id)];
        Assert.Equal(ids.Reverse(), lines.Reverse().Select(line => Add(second, line, out _).Id));
        // Known by heart: an id that changes with a release would break every model that names it.
        Assert.Equal(ids[0], Add(new TemplateMiner(), "user 8 came", out _).Id);
    }

    [Fact]
    public void Pin_TemplateBecomesMoreGeneral_KeepsItsSlotAndIsFoundByItsFormerId()
    {
        var miner = new TemplateMiner();
        LogTemplate pinned = Add(miner, "password changed by alice at console", out _);
        pinned.Pin(3);
        string id = pinned.Id;
        foreach (string name in (string[])["bob", "carol", "dave", "erin"])
            Add(miner, $"password changed by {name} at console", out _);
        Assert.Equal(("password changed by * at console", 3), (miner.Find(id)!.Text, miner.Find(id)!.Slot));
        Assert.NotEqual(id, miner.Find(id)!.Id);
    }

    /// <summary>Words, states, values and variable parts that meet in many ways: whatever comes first, the same lines are of the same templates in the end.</summary>
    [Fact]
    public void Add_SameLinesInAnyOrder_NamesTheSameTemplates()
    {
        var random = new Random(3);
        string[] names = ["alice", "bob", "carol", "dave", "erin", "frank", "ROOT", "ADMIN", "x-7", "42"];
        string[] lines =
        [
            .. Enumerable.Range(0, 1500).Select(_ => random.Next(6) switch
            {
                0 => $"password changed by {Any(names)} at {Any(names)}",
                1 => $"session of {Any(names)}, opened for {Any(names)} by {Any(names)}",
                2 => $"lock tag={Any(names)} owner={Any(names)} state={Any(names)}",
                3 => $"task went over to {Any(["NEW", "RUNNING", "FAILED", "KILLED", "DONE", "LOST", "done"])} now",
                4 => $"volume {random.Next(9)} is {Any(["full", "empty", "gone", "OFFLINE"])}.",
                _ => $"took {random.Next(99)} {Any(["ms", "ms,", "ms."])} for {Any(names)}",
            }),
        ];
        string[] expected = Groups(lines);
        Assert.InRange(expected.Distinct().Count(), 5, lines.Distinct().Count() / 2);
        for (int round = 0; round < 20; round++)
        {
            int[] order = [.. Enumerable.Range(0, lines.Length)];
            random.Shuffle(order);
            string[] shuffled = Groups([.. order.Select(i => lines[i])]);
            Assert.Equal(order.Select(i => expected[i]), shuffled);
        }

        string Any(string[] words) => words[random.Next(words.Length)];
    }

    [Fact]
    public void Load_SavedState_GoesOnAsBefore()
    {
        var random = new Random(5);
        string Line() => $"{(char)('a' + random.Next(6))}x word{(random.Next(2) == 0 ? "" : " more")} from {(char)('a' + random.Next(20))}host with id {random.Next(100)}";
        var miner = new TemplateMiner();
        for (int i = 0; i < 300; i++)
            Add(miner, Line(), out _);
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
            miner.Save(writer);
        memory.Position = 0;
        var resumed = new TemplateMiner();
        resumed.Load(new BinaryReader(memory));
        Assert.Equal(State(miner), State(resumed));
        for (int i = 0; i < 300; i++)
        {
            string line = Line();
            LogTemplate expected = Add(miner, line, out bool isNew);
            LogTemplate actual = Add(resumed, line, out bool isNewToo);
            Assert.Equal((expected.Id, expected.Text, expected.Count, isNew), (actual.Id, actual.Text, actual.Count, isNewToo));
        }
    }

    /// <summary>Saved at any moment, with kinds forgotten for room all the while.</summary>
    [Fact]
    public void Load_MinerThatForgets_GoesOnAsBefore()
    {
        var random = new Random(9);
        string Line() => random.Next(3) switch
        {
            0 => $"user {Name(random)} came from {Name(random)} at {random.Next(100)}",
            1 => $"lock tag={Name(random)} owner={Name(random)} state={Name(random)}",
            _ => $"{Name(random)} {(random.Next(2) == 0 ? "FAILED" : Name(random))} after {random.Next(9)} s",
        };
        var options = new MinerOptions { MaxSignatures = 60 };
        var miner = new TemplateMiner(options);
        TemplateMiner other = miner;
        for (int i = 0; i < 6_000; i++)
        {
            if (i % 200 == 199)
                other = Copy(miner, options);
            string line = Line();
            LogTemplate expected = Add(miner, line, out bool isNew), actual = Add(other, line, out bool isNewToo);
            if (ReferenceEquals(miner, other))
                continue;
            Assert.Equal((expected.Id, expected.Text, expected.Count, isNew), (actual.Id, actual.Text, actual.Count, isNewToo));
        }

        Assert.True(miner.Evicted > 1000);
        Assert.Equal(State(miner), State(other));
    }

    [Fact]
    public void Load_ForeignBytes_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => new TemplateMiner().Load(new BinaryReader(new MemoryStream([9, 9, 9, 9, 9, 9, 9, 9, 9, 9]))));

    [Fact]
    public void Add_EveryLineUnique_StaysWithinItsBounds()
    {
        var miner = new TemplateMiner(new MinerOptions { MaxSignatures = 500 });
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
            Add(miner, string.Join(' ', Enumerable.Range(0, 3 + random.Next(8)).Select(_ => Word(random))), out _);
        Assert.True(miner.SignatureCount <= 500, $"{miner.SignatureCount} signatures");
        Assert.True(miner.Templates.Count <= 1000, $"{miner.Templates.Count} templates");
        Assert.True(miner.Evicted > 10_000);
        Assert.Equal(20_000, miner.Lines);
    }

    [Fact]
    public void Add_LongLinesThatAreAllUnique_BoundsTheirBytesAndThoseOfTheState()
    {
        const int Signatures = 200;
        var miner = new TemplateMiner(new MinerOptions { MaxSignatures = Signatures });
        var random = new Random(4);
        for (int i = 0; i < 1_000; i++)
            Add(miner, string.Join(' ', Enumerable.Range(0, 800).Select(_ => Word(random))), out _);
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true))
            miner.Save(writer);
        // Text of signatures and templates, and an example each.
        Assert.InRange(state.Length, 50_000, Signatures * 2000);
    }

    [Fact]
    public void Add_HostileBytes_NeverThrows()
    {
        var miner = new TemplateMiner(new MinerOptions { MaxSignatures = 300 });
        var random = new Random(11);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] line = new byte[random.Next(200)];
            random.NextBytes(line);
            LogTemplate template = miner.Add(LogHeaders.Read(line, 0).Content, out _);
            Assert.DoesNotContain(template.Text, char.IsControl);
        }

        byte[] huge = new byte[1 << 20];
        Array.Fill(huge, (byte)'=');
        miner.Add(huge, out _);
        Assert.True(miner.Line.Text.Length <= new MinerOptions().MaxLineBytes);
    }

    [Fact]
    public void Add_KnownLines_AllocatesNothing()
    {
        var miner = new TemplateMiner();
        byte[][] lines = [.. Enumerable.Range(0, 50).Select(i => Encoding.UTF8.GetBytes($"request req-{i} from 10.0.0.{i} answered {200 + i} in {i} ms by /srv/app/{i}"))];
        for (int i = 0; i < 100_000; i++)
            miner.Add(lines[i % lines.Length], out _);
        // An example is kept at each power of two lines only.
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1_000; i++)
                miner.Add(lines[i % lines.Length], out _);
        }));
    }

    private static string Name(Random random) => $"{(char)('a' + random.Next(12))}{(char)('a' + random.Next(3))}";

    private static TemplateMiner Copy(TemplateMiner miner, MinerOptions options)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
            miner.Save(writer);
        memory.Position = 0;
        var copy = new TemplateMiner(options);
        copy.Load(new BinaryReader(memory));
        return copy;
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, 4 + random.Next(6)).Select(_ => (char)('a' + random.Next(26))));

    /// <summary>What the template of each line is called once all have come.</summary>
    private static string[] Groups(string[] lines)
    {
        var miner = new TemplateMiner();
        LogTemplate[] templates = [.. lines.Select(line => Add(miner, line, out _))];
        return [.. templates.Select(template => miner.Find(template.Number)!).Select(template => $"{template.Id} {template.Text} {template.Count}")];
    }

    private static string State(TemplateMiner miner) =>
        string.Join('\n', miner.Templates.Select(template => $"{template.Id} {template.Count} {template.Text}").Order(StringComparer.Ordinal));

    private static LogTemplate Add(TemplateMiner miner, string line, out bool isNew) => miner.Add(Encoding.UTF8.GetBytes(line), out isNew);
}
