using Detector.Models.Logs;

namespace Detector.Models.Tests.Logs;

public sealed class SafeTextTests
{
    [Fact]
    public void Of_ControlAndBrokenBytes_AreWrittenOut() =>
        Assert.Equal("a\\u001B[31m\\n\\t\\xFFé磁\\u202E", SafeText.Of([(byte)'a', 0x1B, .. "[31m\n\t"u8, 0xFF, .. "é磁\u202E"u8]));

    [Fact]
    public void Of_LongText_IsCutAtACharacter() => Assert.Equal("ab…", SafeText.Of("abé"u8, maxBytes: 3));
}
