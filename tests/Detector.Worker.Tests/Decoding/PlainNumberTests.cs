using System.Globalization;
using System.Numerics;
using System.Text;
using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class PlainNumberTests
{
    private const int Numbers = 200_000;

    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("7")]
    [InlineData("-4.043")]
    [InlineData("007.50")]
    [InlineData("0.1")]
    [InlineData("9007199254740993")] // halfway between two doubles
    [InlineData("90071992547409.93")]
    [InlineData("123456789012345678")]
    [InlineData("999999999999999999")]
    [InlineData("0.0000000000000000000001")]
    public void TryRead_Plain_IsTheNearestDouble(string text) => AssertNearest(text, mayBeLeft: text.StartsWith("9007", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.5")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData(" 1")]
    [InlineData("1/2")]
    [InlineData("nan")]
    [InlineData("1234567890123456789")]
    [InlineData("0.00000000000000000000001")]
    public void TryRead_AnythingElse_IsLeftToTheRuntime(string text) => Assert.False(PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryRead_RandomNumbers_AreTheNearestDoublesAndHardlyEverLeft()
    {
        var random = new Random(1);
        int left = 0;
        for (int i = 0; i < Numbers; i++)
        {
            string digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 19))).ToString(CultureInfo.InvariantCulture);
            int point = random.Next(0, digits.Length + 1);
            string text = point == 0 ? "0." + digits : point == digits.Length ? digits : digits[..point] + "." + digits[point..];
            left += AssertNearest(text, mayBeLeft: true);
            // As programs write a double that they have computed: 16 or 17 digits.
            left += AssertNearest((random.NextDouble() * Math.Pow(10, random.Next(0, 5))).ToString("F13", CultureInfo.InvariantCulture), mayBeLeft: true);
        }

        Assert.InRange(left, 0, Numbers / 100);
    }

    /// <summary>Numbers next to the middle of two doubles, where the last digit decides.</summary>
    [Fact]
    public void TryRead_NextToTheMiddleOfTwoDoubles_IsTheNearest()
    {
        var random = new Random(2);
        for (int i = 0; i < Numbers; i++)
        {
            double value = 1 + (random.NextDouble() * 99);
            var middle = (new BigInteger(value * (1L << 52)) * 2) + 1; // over 2^53
            for (int decimals = 14; decimals <= 16; decimals++)
            {
                BigInteger scaled = (middle * BigInteger.Pow(10, decimals)) >> 53;
                for (int offset = 0; offset <= 1; offset++)
                {
                    string digits = (scaled + offset).ToString(CultureInfo.InvariantCulture);
                    AssertNearest(digits[..^decimals] + "." + digits[^decimals..], mayBeLeft: true);
                }
            }
        }
    }

    /// <returns>1 when it is left to the runtime.</returns>
    private static int AssertNearest(string text, bool mayBeLeft = false)
    {
        if (!PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out double value))
        {
            Assert.True(mayBeLeft, text);
            return 1;
        }

        double nearest = double.Parse(text, CultureInfo.InvariantCulture);
        Assert.True(BitConverter.DoubleToInt64Bits(nearest) == BitConverter.DoubleToInt64Bits(value), $"{text} is {nearest:R} and was read as {value:R}.");
        return 0;
    }
}
