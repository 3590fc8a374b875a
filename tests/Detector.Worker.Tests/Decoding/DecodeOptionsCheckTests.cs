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
        Assert.Contains("Detector:Sources:plant:Decode:Format is 'xml'; use json or csv.", errors);
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
}
