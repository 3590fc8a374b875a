using System.Text.Json;
using Detector.Models.Scaling;

namespace Detector.Models.Tests.Scaling;

public sealed class SeasonTests
{
    private static readonly DateTime s_start = new(2026, 3, 16, 0, 0, 0, DateTimeKind.Utc); // a Monday; Berlin's clocks go forward on the 29th
    private static readonly CalendarSettings s_utc = new("UTC", []);
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(10);

    [Fact]
    public void Find_HoursOfTheDay_AreTakenOutOfTheFeatureThatFollowsThem()
    {
        Random random = new(1);
        Season season = Find(4, s_utc, time => [10 * Math.Sin(time.TimeOfDay / TimeSpan.FromDays(1) * Math.Tau) + random.NextDouble(), 3 * random.NextDouble()])!;

        Assert.InRange(season.Of(0, s_start.AddHours(6).Ticks), 9, 11);
        Assert.InRange(season.Of(0, s_start.AddHours(18).Ticks), -11, -9);
        Assert.Equal(0, season.Of(1, s_start.AddHours(6).Ticks));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Find_WhatMerelyWanders_IsNoSeason(int seed)
    {
        Random random = new(seed);
        double walk = 0, pull = 0;
        Assert.Null(Find(21, s_utc, _ => [walk += random.NextDouble() - 0.5, pull += 0.2 * (random.NextDouble() - 0.5) - 0.02 * pull, random.NextDouble()]));
    }

    [Fact]
    public void Find_WeeklyJob_IsKnownAfterItsSecondTimeAndNotAfterItsFirst()
    {
        Assert.Null(Find(13, s_utc, Values(new Random(1))));
        Season season = Find(15, s_utc, Values(new Random(1)))!;

        Assert.InRange(season.Of(0, s_start.AddDays(27).AddHours(2.2).Ticks), 18, 22); // Sunday
        Assert.InRange(season.Of(0, s_start.AddDays(26).AddHours(2.2).Ticks), -2, 2);

        static Func<DateTime, double[]> Values(Random random) =>
            time => [random.NextDouble() + (time.DayOfWeek == DayOfWeek.Sunday && time.Hour == 2 ? 20 : 0)];
    }

    [Fact]
    public void Find_HoursOfAPlaceWithSummerTime_GoOnAfterTheClocksChange()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Random random = new(1);
        double[] Shift(DateTime time) => [(TimeZoneInfo.ConvertTimeFromUtc(time, berlin).Hour is >= 6 and < 14 ? 50 : 0) + random.NextDouble()];
        Season season = Find(28, new CalendarSettings("Europe/Berlin", []), Shift)!, utc = Find(28, s_utc, Shift)!;

        long before = new DateTime(2026, 3, 27, 5, 10, 0, DateTimeKind.Utc).Ticks, after = new DateTime(2026, 3, 30, 4, 10, 0, DateTimeKind.Utc).Ticks; // 6:10 there, both
        Assert.Equal(season.Of(0, before), season.Of(0, after), 1.0);
        Assert.True(Math.Abs(utc.Of(0, before) - utc.Of(0, after)) > 10);
    }

    [Fact]
    public void Of_Holiday_IsASunday()
    {
        Random random = new(1);
        Season season = Find(21, s_utc, time => [(time.DayOfWeek == DayOfWeek.Sunday ? 0 : 30) + random.NextDouble()])!;
        DateTime friday = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc), sunday = new(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc);

        Assert.NotEqual(season.Of(0, sunday.Ticks), season.Of(0, friday.Ticks));
        Assert.Equal(season.Of(0, sunday.Ticks), season.With([new DateOnly(2026, 5, 1)]).Of(0, friday.Ticks));
    }

    [Fact]
    public void Transform_EachRowByItsOwnTime_AndBack()
    {
        FeatureScaler scaler = Scaler();
        long newest = s_start.AddDays(9).AddHours(12).AddMinutes(5).Ticks;
        double[] raw = [40, 41, 60];
        float[] scaled = new float[3];
        scaler.Transform(raw, newest, scaled);

        for (int row = 0; row < 3; row++)
            Assert.Equal(raw[row], scaler.Inverse(0, scaled[row], newest - (2 - row) * s_period.Ticks), 0.001);
        Assert.NotEqual(scaler.Season!.Of(0, newest), scaler.Season.Of(0, newest - s_period.Ticks)); // noon lies between
    }

    [Fact]
    public void Json_ScalerWithASeason_ComesBack_AndWithoutOneKnowsNothingOfIt()
    {
        FeatureScaler scaler = Scaler();
        FeatureScaler back = JsonSerializer.Deserialize<FeatureScaler>(JsonSerializer.Serialize(scaler))!;
        long noon = s_start.AddHours(12).Ticks;

        Assert.Equal(scaler.Inverse(0, 1, noon), back.Inverse(0, 1, noon));
        Assert.Equal(scaler.Season!.Holidays, back.Season!.Holidays);
        float[] plain = new float[2], timed = new float[2];
        scaler.With(null).Transform([3, 4], plain);
        scaler.With(null).Transform([3, 4], noon, timed);
        Assert.Equal(plain, timed);
    }

    [Fact]
    public void Zone_Unknown_SaysWhatToWrite()
    {
        var error = Assert.Throws<ArgumentException>(() => Find(4, new CalendarSettings("Europe/Atlantis", []), _ => [1]));
        Assert.Contains("IANA", error.Message, StringComparison.Ordinal);
    }

    private static FeatureScaler Scaler()
    {
        Random random = new(1);
        Season season = Find(8, new CalendarSettings("UTC", [new DateOnly(2026, 12, 25)]), time => [(time.Hour < 12 ? 0 : 30) + random.NextDouble()])!;
        return new FeatureScaler("standard", [30], [2], []).With(season);
    }

    private static Season? Find(int days, CalendarSettings calendar, Func<DateTime, double[]> values)
    {
        var ticks = new List<long>();
        var rows = new List<double>();
        for (DateTime time = s_start; time < s_start.AddDays(days); time += s_period)
        {
            ticks.Add(time.Ticks);
            rows.AddRange(values(time));
        }

        return SeasonFinder.Find([.. ticks], [.. rows], rows.Count / ticks.Count, calendar, s_period.Ticks);
    }
}
