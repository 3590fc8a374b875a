using Detector.Worker.Ingestion;

namespace Detector.Worker.Tests.Ingestion;

public sealed class StandardInputSourceTests
{
    [Fact]
    public void Run_LinesUntilTheEnd_HandsOverEachAndReturns()
    {
        var inbox = new Inbox();
        using var source = new StandardInputSource("stdin", new MemoryStream("a\n\nb\r\nlast"u8.ToArray()), 2, 1024);
        source.Run(inbox, CancellationToken.None);
        Assert.Equal(["a", "b", "last"], inbox.Messages.Select(message => message.Payload));
    }
}
