using System.Text.Json;
using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class FalseAlarmRateTests
{
    [Theory]
    [InlineData("1 per series per week", 1 / 7.0)]
    [InlineData("0.5 per series per day", 0.5)]
    [InlineData("2 per series per 3 days", 2 / 3.0)]
    [InlineData("1 per series per 12:00:00", 2)]
    [InlineData("  1  PER series per 1.12:00:00 ", 1 / 1.5)]
    [InlineData("3 per series per hour", 72)]
    [InlineData("1 per series per 0.5 days", 2)]
    public void TryParse_ValidText_RoundTrips(string text, double perDay)
    {
        Assert.True(FalseAlarmRate.TryParse(text, out var rate, out var error), error);
        Assert.Equal(perDay, rate.PerDay, 12);
        Assert.True(FalseAlarmRate.TryParse(rate.ToString(), out var again, out _));
        Assert.Equal(rate, again);
        Assert.Equal(rate, JsonSerializer.Deserialize<FalseAlarmRate>(JsonSerializer.Serialize(rate)));
    }

    [Theory]
    [InlineData("2 per series per 3 days")]
    [InlineData("1 per series per week")]
    [InlineData("0.1 per series per 1.01:02:03.0000004")]
    public void ToString_WhatAUserWrote_IsKept(string text)
    {
        Assert.True(FalseAlarmRate.TryParse(text, out var rate, out _));
        Assert.Equal(text, rate.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("weekly")]
    [InlineData("0 per series per day")]
    [InlineData("-1 per series per day")]
    [InlineData("1 per series per 0 days")]
    [InlineData("1 per series per 00:00:00")]
    [InlineData("1e999 per series per day")]
    [InlineData("1 per series per 99999999 weeks")]
    [InlineData("1,5 per series per day")]
    [InlineData("1 per day")]
    public void TryParse_InvalidText_NamesValueAndExamples(string? text)
    {
        Assert.False(FalseAlarmRate.TryParse(text, out _, out var error));
        Assert.Contains($"'{text}'", error, StringComparison.Ordinal);
        Assert.Contains("1 per series per week", error, StringComparison.Ordinal);
    }
}
