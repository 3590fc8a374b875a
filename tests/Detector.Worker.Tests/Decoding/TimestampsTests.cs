using System.Globalization;
using System.Text;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class TimestampsTests
{
    [Theory]
    [InlineData("2020-03-09 10:14:33", "2020-03-09T10:14:33.0000000")]
    [InlineData("2020-03-09t10:14z", "2020-03-09T10:14:00.0000000")]
    [InlineData("2020-03-09", "2020-03-09T00:00:00.0000000")]
    [InlineData("2020-03-09T10:14:33.123456789Z", "2020-03-09T10:14:33.1234567")]
    [InlineData("2020-03-09T10:14:33,5+01:30", "2020-03-09T08:44:33.5000000")]
    [InlineData("2020-03-09 10:14:33 -0800", "2020-03-09T18:14:33.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2020-02-29T00:00:00+14", "2020-02-28T10:00:00.0000000")]
    [InlineData("1583748873", "2020-03-09T10:14:33.0000000")]
    [InlineData("1583748873.1234567", "2020-03-09T10:14:33.1234567")]
    [InlineData("1583748873123", "2020-03-09T10:14:33.1230000")]
    [InlineData("1583748873123456", "2020-03-09T10:14:33.1234560")]
    [InlineData("1583748873123456789", "2020-03-09T10:14:33.1234567")]
    [InlineData("1.583748873e9", "2020-03-09T10:14:33.0000000")]
    [InlineData("-1", "1969-12-31T23:59:59.0000000")]
    public void TryRead_KnownForms_AreExact(string text, string expected)
    {
        Assert.True(Timestamps.TryRead(Encoding.UTF8.GetBytes(text), TimestampUnit.Auto, out long ticks));
        Assert.Equal(expected, new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e18x")]
    [InlineData("1e19")]
    [InlineData("9223372036854775807000")]
    [InlineData("2020-13-01")]
    [InlineData("2020-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("2020-01-01T24:00:00")]
    [InlineData("2020-01-01T10:00:00.")]
    [InlineData("2020-01-01T10:00:00+")]
    [InlineData("2020-01-01T10:00:00+1:00")]
    [InlineData("2020-01-01T10:00:00 UTC")]
    [InlineData("2020-01-01T")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    [InlineData("20200101T101010")]
    public void TryRead_AnythingElse_IsRefused(string text) =>
        Assert.False(Timestamps.TryRead(Encoding.UTF8.GetBytes(text), TimestampUnit.Auto, out _));

    [Theory]
    [InlineData("ms", 5000, 5 * TimeSpan.TicksPerSecond)]
    [InlineData("us", 5_000_000, 5 * TimeSpan.TicksPerSecond)]
    [InlineData("ns", -150, -2)]
    [InlineData("s", 5, 5 * TimeSpan.TicksPerSecond)]
    public void TryReadNumber_UnitNamed_IsTakenWhateverTheMagnitude(string name, long value, long expected)
    {
        Assert.True(Timestamps.TryParseUnit(name, out TimestampUnit unit));
        Assert.True(Timestamps.TryReadNumber(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), unit, out long ticks));
        Assert.Equal(expected, ticks - DateTime.UnixEpoch.Ticks);
    }
}
