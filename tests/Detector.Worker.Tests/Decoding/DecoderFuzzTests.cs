using Detector.Tests.Messages;
using Detector.Tests.Support;

namespace Detector.Worker.Tests.Decoding;

/// <summary>The short form; the long one is <c>dotnet run -c Release --project tests/Detector.Benchmarks fuzz</c>.</summary>
public sealed class DecoderFuzzTests
{
    private const int Messages = 20_000;

    public static TheoryData<string> Formats => [.. FuzzFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_HostileMessages_AreAllAccountedForAndNeverThrow(string name)
    {
        FuzzAccount account = FuzzAccount.Run(FuzzFormat.All.Single(format => format.Name == name), Messages, seed: 77, new FakeClock());

        Assert.Equal(Messages, account.Messages);
        Assert.Equal(account.Messages, account.Fruitful + account.Silent + account.DroppedMessages.Sum());

        // Both ways must be walked, or the fuzzing shows nothing.
        Assert.True(account.Fruitful > Messages / 50, $"only {account.Fruitful} messages gave samples");
        Assert.True(account.DroppedMessages.Sum() > Messages / 20, $"only {account.DroppedMessages.Sum()} messages were dropped");
        Assert.True(account.DroppedMessages.Count(count => count > 0) >= 5, "too few reasons were met");
    }

    [Fact]
    public void Decode_SameSeed_GivesTheSameAccount()
    {
        FuzzAccount first = FuzzAccount.Run(FuzzFormat.All[0], 2000, seed: 5, new FakeClock());
        FuzzAccount second = FuzzAccount.Run(FuzzFormat.All[0], 2000, seed: 5, new FakeClock());
        Assert.Equal(first.DroppedMessages, second.DroppedMessages);
        Assert.Equal(first.Accepted, second.Accepted);
    }
}
