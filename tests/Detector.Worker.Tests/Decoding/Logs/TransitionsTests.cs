using Detector.Worker.Decoding.Logs;

namespace Detector.Worker.Tests.Decoding.Logs;

public sealed class TransitionsTests
{
    private const ulong Open = 1, Read = 2, Close = 3, Rare = 4;

    [Fact]
    public void Add_PairThatChanceWouldHaveBrought_IsTold()
    {
        Transitions transitions = Learned();
        transitions.Add(Open);
        Assert.True(transitions.Add(Close));
    }

    [Fact]
    public void Add_PairToldOnce_IsKnown()
    {
        Transitions transitions = Learned();
        transitions.Add(Open);
        transitions.Add(Close);
        transitions.Add(Open);
        Assert.False(transitions.Add(Close));
    }

    [Theory]
    [InlineData(Rare)]
    [InlineData(99ul)]
    public void Add_TemplateTooRareToHaveFollowed_IsNotTold(ulong template)
    {
        Transitions transitions = Learned();
        transitions.Add(Open);
        Assert.False(transitions.Add(template));
    }

    [Fact]
    public void Load_Saved_GoesOnWithTheSame()
    {
        var stream = new MemoryStream();
        Transitions saved = Learned();
        saved.Add(Open);
        saved.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var loaded = new Transitions();
        loaded.Load(new BinaryReader(stream));
        Assert.Equal((true, true), (saved.Add(Close), loaded.Add(Close)));
        Assert.Equal((false, false), (saved.Add(Rare), loaded.Add(Rare)));
    }

    /// <summary>A file is opened, read and closed, a hundred times; once something rare comes.</summary>
    private static Transitions Learned()
    {
        var transitions = new Transitions();
        for (int round = 0; round < 100; round++)
        {
            foreach (ulong template in (ReadOnlySpan<ulong>)[Open, Read, Close])
                transitions.Add(template);
            if (round == 50)
                transitions.Add(Rare);
        }

        return transitions;
    }
}
