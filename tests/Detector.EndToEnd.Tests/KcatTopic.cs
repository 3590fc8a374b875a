using Detector.Tests.Support;

namespace Detector.EndToEnd.Tests;

/// <summary>A topic as a client of another make sees it: kcat, which knows nothing of this program.</summary>
internal sealed class KcatTopic : IAsyncDisposable
{
    private readonly string _name;
    private readonly ExternalTool _kcat;

    private KcatTopic(string name, ExternalTool kcat)
    {
        _name = name;
        _kcat = kcat;
    }

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<TopicMessage> Messages
    {
        get
        {
            // The last line may be half written.
            string output = _kcat.Output;
            return [.. output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TopicMessage.Parse)];
        }
    }

    /// <summary>Follows a topic from its beginning.</summary>
    public static KcatTopic Follow(string servers, string topic) => new(
        topic, ExternalTool.Start("kcat", ["-C", "-b", servers, "-t", topic, "-o", "beginning", "-J", "-u", "-q", "-X", "fetch.wait.max.ms=20"]));

    /// <summary>Reads a topic from its beginning to its end.</summary>
    public static async Task<IReadOnlyList<TopicMessage>> ReadAsync(string servers, string topic)
    {
        ToolResult result = await ExternalTool.RunAsync(
            "kcat", ["-C", "-b", servers, "-t", topic, "-o", "beginning", "-e", "-J", "-q", "-X", "fetch.wait.max.ms=20"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TopicMessage.Parse)];
    }

    /// <summary>Produces messages with keys, in order.</summary>
    public static async Task ProduceAsync(string servers, string topic, IEnumerable<(string Key, string Payload)> messages)
    {
        string input = string.Concat(messages.Select(message => $"{message.Key}\t{message.Payload}\n"));
        ToolResult result = await ExternalTool.RunAsync("kcat", ["-P", "-b", servers, "-t", topic, "-K", "\t"], input);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Waits until what has come is enough.</summary>
    /// <param name="what">What is waited for, for the sentence of a failure.</param>
    public async Task<IReadOnlyList<TopicMessage>> WaitAsync(Func<IReadOnlyList<TopicMessage>, bool> enough, string what, Func<string> context)
    {
        IReadOnlyList<TopicMessage> messages = [];
        await Eventually.HoldsAsync(
            () => enough(messages = Messages),
            () => $"{what} on topic '{_name}', which holds {messages.Count} messages. kcat says: {_kcat.Error}\n{context()}",
            () => _kcat.HasExited);
        return messages;
    }

    public ValueTask DisposeAsync() => _kcat.DisposeAsync();
}
