using Detector.Worker.Decoding;

namespace Detector.Worker.Tests.Decoding;

public sealed class DecodeOptionsCheckTests
{
    [Fact]
    public void Errors_Defaults_None()
    {
        Assert.Empty(DecodeOptionsCheck.Errors(new DecodeOptions(), "D"));
        Assert.Empty(DecodeOptionsCheck.Errors(new DecodeOptions { Format = "csv" }, "D"));
    }

    [Fact]
    public void Errors_SeveralMistakes_NamesThemAll()
    {
        var options = new DecodeOptions { Format = "xml", TimestampUnit = "minutes", Series = "device", Timestamp = "$" };
        IReadOnlyList<string> errors = DecodeOptionsCheck.Errors(options, "Detector:Sources:plant:Decode");
        Assert.Equal(3, errors.Count);
        Assert.Contains("Detector:Sources:plant:Decode:Format is 'xml'; use one of json, csv, influx, sparkplug, logs.", errors);
    }

    [Theory]
    [InlineData("device")]
    [InlineData("$")]
    [InlineData("$..a")]
    [InlineData("$.a[0]")]
    [InlineData("$['a'")]
    [InlineData("topic:")]
    [InlineData("topic:-1")]
    [InlineData("=")]
    [InlineData("column:a")]
    [InlineData("topic:1,2")]
    [InlineData("tag:host")]
    [InlineData("measurement")]
    [InlineData("tag:")]
    public void Errors_BadSeriesOfJson_OneSentence(string series)
    {
        string error = Assert.Single(DecodeOptionsCheck.Errors(new DecodeOptions { Series = series }, "D"));
        Assert.StartsWith($"D:Series is '{series}'", error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("values", null)]
    [InlineData(null, "ts")]
    [InlineData(null, "$")]
    public void Errors_BadPathOfJson_OneSentence(string? features, string? timestamp) =>
        Assert.Single(DecodeOptionsCheck.Errors(new DecodeOptions { Features = features, Timestamp = timestamp }, "D"));

    [Fact]
    public void Errors_CsvColumns_MustHoldWhatIsNamed()
    {
        var options = new DecodeOptions { Format = "csv", Columns = ["a", "A"], Series = "column:id" };
        Assert.Equal(3, DecodeOptionsCheck.Errors(options, "D").Count);
        Assert.Equal(2, DecodeOptionsCheck.Errors(new DecodeOptions { Format = "csv", Series = "$.a", Timestamp = "$.ts" }, "D").Count);
    }

    [Theory]
    [InlineData("json", "Series", "topic:1,topic:2")]
    [InlineData("csv", "Series", "column:id")]
    [InlineData("influx", "Series", "measurement, tag:host")]
    [InlineData("influx", "Series", "tag:site,tag:host")]
    [InlineData("influx", "Timestamp", "arrival")]
    [InlineData("influx", "Features", "usage_idle,usage_user")]
    [InlineData("sparkplug", "Series", "topic:3")]
    [InlineData("sparkplug", "MissingTimestamp", "broker")]
    [InlineData("json", "Feature", "topic:2")]
    [InlineData("json", "Feature", "$.name")]
    [InlineData("json", "Timestamp", "broker")]
    [InlineData("json", "Samples", "$.a.samples[*]")]
    [InlineData("json", "Samples", "$.samples")]
    public void Errors_WhatTheFormatHas_None(string format, string option, string value) =>
        Assert.Empty(DecodeOptionsCheck.Errors(With(format, option, value), "D"));

    [Theory]
    [InlineData("influx", "Series", "$.device")]
    [InlineData("influx", "Series", "column:id")]
    [InlineData("influx", "Series", "tag:a,topic:1")]
    [InlineData("influx", "Timestamp", "$.ts")]
    [InlineData("influx", "Features", "$.values")]
    [InlineData("influx", "Feature", "topic:2")]
    [InlineData("csv", "Samples", "$.samples")]
    [InlineData("csv", "Series", "tag:host")]
    [InlineData("sparkplug", "Series", "tag:host")]
    [InlineData("sparkplug", "Timestamp", "time")]
    [InlineData("json", "Samples", "$")]
    [InlineData("json", "Samples", "samples")]
    [InlineData("json", "Feature", "temperature")]
    [InlineData("json", "Feature", "column:a")]
    [InlineData("json", "MissingTimestamp", "now")]
    public void Errors_WhatTheFormatLacks_OneSentenceWithKeyAndValue(string format, string option, string value)
    {
        string error = Assert.Single(DecodeOptionsCheck.Errors(With(format, option, value), "D"));
        Assert.StartsWith($"D:{option} is '{value}'", error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OneValueAndTheWholeMessage_AsksForAPath() =>
        Assert.Single(DecodeOptionsCheck.Errors(new DecodeOptions { Feature = "topic:2", Features = "$" }, "D"));

    [Fact]
    public void Errors_ColumnsWithoutCsv_OneSentence() =>
        Assert.Single(DecodeOptionsCheck.Errors(new DecodeOptions { Format = "influx", Columns = ["a"] }, "D"));

    [Fact]
    public void Errors_TimeFromElsewhere_NeedsNoColumn() =>
        Assert.Empty(DecodeOptionsCheck.Errors(new DecodeOptions { Format = "csv", Columns = ["a"], Timestamp = "arrival" }, "D"));

    private static DecodeOptions With(string format, string option, string value)
    {
        var options = new DecodeOptions { Format = format };
        typeof(DecodeOptions).GetProperty(option)!.SetValue(options, value);
        return options;
    }
}
