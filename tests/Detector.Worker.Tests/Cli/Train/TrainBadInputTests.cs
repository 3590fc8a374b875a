using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Models.Autoencoders;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli.Train;

/// <summary>What can be wrong with a training range: each gives a sound model or a sentence, and never a model that is stored and no good.</summary>
public sealed class TrainBadInputTests : IDisposable
{
    private static readonly string[] s_small =
        ["--set", "Window:Length=00:00:08", "--set", "Training:MaxSteps=40", "--set", "Threshold:Method=quantile", "--set", "Model:Hidden:0=16", "--set", "Model:Latent=4"];

    private readonly TemporaryDirectory _directory = new();

    private string State => Path.Combine(_directory.Path, "state");

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Names => [.. AutoencoderFactory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_OneFeature_IsSound(string network) => await CheckSoundAsync(Csv(300, 1, (row, _) => Math.Sin(row * 0.3)), network);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_ConstantFeature_IsSound(string network) =>
        await CheckSoundAsync(Csv(300, 3, (row, feature) => feature == 1 ? 7 : Math.Sin(row * 0.3 + feature)), network);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_FewerWindowsThanABatch_IsSound(string network) =>
        await CheckSoundAsync(Csv(130, 2, (row, feature) => Math.Sin(row * 0.3 + feature)), network, "--set", "Training:BatchSize=4096");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_StretchesWithoutAValueAndScatteredGaps_IsSound(string network) => await CheckSoundAsync(
        Csv(400, 3, (row, feature) => row % 100 > 90 || (row * 7 + feature * 3) % 11 == 0 ? double.NaN : Math.Sin(row * 0.3 + feature)), network);

    [Fact]
    public async Task Train_AllFeaturesConstant_IsSound() => await CheckSoundAsync(Csv(300, 3, (_, feature) => feature), "denoising,variational,linear");

    [Fact]
    public async Task Train_FeatureNeverMeasured_IsSound() =>
        await CheckSoundAsync(Csv(300, 3, (row, feature) => feature == 2 ? double.NaN : Math.Sin(row * 0.3 + feature)), "denoising,linear");

    [Fact]
    public async Task Train_512Features_IsSound() =>
        await CheckSoundAsync(Csv(150, 512, (row, feature) => Math.Sin(row * 0.3 + feature * 0.1)), "denoising,linear", "--set", "Window:Length=00:00:04");

    [Fact]
    public async Task Train_MoreThan512Features_LearnsThoseThatAreAllowed()
    {
        JsonElement json = await CheckSoundAsync(Csv(150, 20, (row, feature) => Math.Sin(row * 0.3 + feature)), "linear", "--set", "MaxFeatures=12");
        Assert.Equal(12, json.GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e308")]
    [InlineData("-inf")]
    [InlineData("off")]
    public async Task Train_ValuesThatAreNoNumbers_CountAsMissing(string text)
    {
        string[] lines = Csv(300, 3, (row, feature) => Math.Sin(row * 0.3 + feature)).Split('\n');
        for (int row = 20; row < 300; row += 20)
            lines[row] = $"{lines[row][..lines[row].LastIndexOf(',')]},{text}";
        JsonElement json = await CheckSoundAsync(string.Join('\n', lines), "denoising,linear");
        Assert.InRange(json.GetProperty("training").GetProperty("missingShare").GetDouble(), 0.01, 0.03);
    }

    [Fact]
    public async Task Train_LearningRateOfTen_ExitsWith78AndNamesTheKey() =>
        await CheckRefusedAsync(ExitCodes.Configuration, "Training:LearningRate is 10", Csv(300, 2, (row, _) => row), "--set", "Training:LearningRate=10");

    [Theory]
    [InlineData("Training:Schedule=linear", "Training:Schedule is \"linear\"")]
    [InlineData("Training:Contamination=0.6", "Training:Contamination is 0.6: write a share from 0 to 0.3")]
    [InlineData("Training:Patience=0", "Training:Patience is 0")]
    [InlineData("Training:MaxGradientNorm=0", "Training:MaxGradientNorm is 0")]
    [InlineData("Training:Augmentation:Scaling=2", "Training:Augmentation:Scaling is 2")]
    [InlineData("Training:Augmentation:Shift=2", "Training:Augmentation:Shift")]
    public async Task Train_ImpossibleSetting_ExitsWith78AndNamesTheKey(string setting, string sentence) =>
        await CheckRefusedAsync(ExitCodes.Configuration, sentence, Csv(300, 2, (row, _) => row), "--set", setting);

    [Fact]
    public async Task Train_TooFewRows_SaysHowMany() =>
        await CheckRefusedAsync(ExitCodes.Failure, "windows of 8 rows, and a model needs 64", Csv(50, 2, (row, feature) => Math.Sin(row + feature)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_LossThatDiverges_IsRefusedOrSound(string network)
    {
        string input = _directory.Write("s.csv", Csv(300, 2, (row, feature) => row % 50 == 0 ? 1e30 : Math.Sin(row * 0.3 + feature)));
        ToolResult result = await RunAsync(input, network, "--set", "Training:LearningRate=1", "--set", "Training:MaxGradientNorm=1000000");
        if (result.ExitCode == ExitCodes.Ok)
        {
            await CheckStoredAsync();
            return;
        }

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains("lower Training:LearningRate", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(State));
    }

    [Fact]
    public async Task Train_EverySetting_IsSound() => await CheckSoundAsync(
        Csv(300, 2, (row, feature) => Math.Sin(row * 0.3 + feature)), "denoising,linear", "--set", "Training:Schedule=one-cycle", "--set", "Training:Contamination=0.05",
        "--set", "Training:Augmentation:Jitter=0.05", "--set", "Training:Augmentation:TimeMasking=0.1");

    private async Task<JsonElement> CheckSoundAsync(string csv, string networks, params string[] settings)
    {
        ToolResult result = await RunAsync(_directory.Write("s.csv", csv), networks, settings);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        await CheckStoredAsync();
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task CheckStoredAsync()
    {
        ToolResult verified = await InProcess.RunAsync("model", "verify", "--state", State);
        Assert.True(verified.ExitCode == ExitCodes.Ok, verified.Output);
    }

    private async Task CheckRefusedAsync(int code, string sentence, string csv, params string[] settings)
    {
        ToolResult result = await RunAsync(_directory.Write("s.csv", csv), "denoising", settings);
        Assert.Equal((code, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(State));
    }

    private Task<ToolResult> RunAsync(string input, string networks, params string[] settings) => InProcess.RunAsync(
    [
        "train", "--input", input, "--state", State, "--output", "json", .. s_small, .. settings,
        .. networks.Split(',').SelectMany((network, i) => (string[])["--set", $"Model:Networks:{i}={network}"]),
    ]);

    private static string Csv(int rows, int features, Func<int, int, double> value)
    {
        var text = new StringBuilder("timestamp");
        for (int feature = 0; feature < features; feature++)
            text.Append(CultureInfo.InvariantCulture, $",f{feature}");
        for (int row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}");
            for (int feature = 0; feature < features; feature++)
            {
                double written = value(row, feature);
                text.Append(',').Append(double.IsNaN(written) ? "" : written.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
