using System.Text.Json;
using System.Text.RegularExpressions;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

/// <summary>The table of formats in the README: each message is read as its options say.</summary>
public sealed partial class ReadmeFormatsTests
{
    [Fact]
    public void Table_EachMessage_GivesASampleOfThePump()
    {
        Match[] rows = [.. Row().Matches(File.ReadAllText(RepositoryFiles.Path("README.md"))).OfType<Match>()];
        Assert.Equal(6, rows.Length);
        foreach (Match row in rows)
        {
            DecodeOptions options = JsonSerializer.Deserialize<DecodeOptions>(row.Groups["options"].Value)!;
            var sink = new Collector();
            DropReason reason = Collector.Decoder(options).Decode(Collector.Message(row.Groups["message"].Value, topic: "plant/pump-1/pressure"), sink);
            Assert.True(reason == DropReason.None, $"{row.Groups["message"].Value} is {reason}");
            string sample = Assert.Single(sink.Samples);
            Assert.StartsWith("pump-1 ", sample, StringComparison.Ordinal);
            Assert.Contains("pressure=3.1", sample, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Table_EachFormat_HasARow()
    {
        string text = File.ReadAllText(RepositoryFiles.Path("README.md"));
        foreach (string format in DecoderFactory.Formats.Except(["json"]))
            Assert.Contains($"\"Format\":\"{format}\"", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\|[^|]+\| `(?<message>[^`|]+)` \| `(?<options>\{[^`|]+\})` \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
