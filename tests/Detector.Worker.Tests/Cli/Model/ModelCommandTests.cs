using System.Text.Json;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli.Model;

public sealed class ModelCommandTests : IDisposable
{
    private readonly TrainedState _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task List_VersionsOfSeveralSeries_MarksTheOneThatServes()
    {
        string old = await _state.TrainAsync("pump-1");
        string young = await _state.TrainAsync("pump-1", "linear,denoising");
        await _state.TrainAsync("pump-2");

        JsonElement json = Json(await _state.RunAsync("model list", "--output", "json"));
        Assert.Equal(3, json.GetArrayLength());
        Assert.Equal(
            [(young, true, 2), (old, false, 1)],
            json.EnumerateArray().Where(version => version.GetProperty("series").GetString() == "pump-1")
                .Select(version => (version.GetProperty("directory").GetString()!, version.GetProperty("serves").GetBoolean(), version.GetProperty("networks").GetArrayLength())));

        ToolResult text = await _state.RunAsync("model list", "--series", "pump-1");
        string[] lines = text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches($@"^pumps +pump-1 +{Path.GetFileName(young)} \* +\d+ s +3 +8 × 1 s +\d+ KiB +linear, denoising$", lines[1]);
        Assert.DoesNotContain("*", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NothingStored_IsEmpty()
    {
        Assert.Equal(0, Json(await _state.RunAsync("model list", "--output", "json")).GetArrayLength());
        Assert.Contains("No models in", (await _state.RunAsync("model list")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_DamagedManifest_SaysWhyAndTheOneBeforeServes()
    {
        string old = await _state.TrainAsync("pump-1");
        string young = await _state.TrainAsync("pump-1");
        await File.AppendAllTextAsync(Path.Combine(young, "manifest.json"), " ", TestContext.Current.CancellationToken);

        JsonElement[] versions = [.. Json(await _state.RunAsync("model list", "--output", "json")).EnumerateArray()];
        Assert.Equal([false, true], versions.Select(version => version.GetProperty("serves").GetBoolean()));
        Assert.Contains("SHA-256", versions[0].GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(old, versions[1].GetProperty("directory").GetString());
    }

    [Fact]
    public async Task Inspect_ByStateOrByFolder_ShowsLayersAndTraining()
    {
        string version = await _state.TrainAsync("pump-1", "denoising,linear");

        ToolResult text = await _state.RunAsync("model inspect");
        Assert.Equal((ExitCodes.Ok, ""), (text.ExitCode, text.Error));
        Assert.Contains("window     8 rows, one every 1 s; scaler standard", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"encoder\.0\.weight +12 × 24 +288\n", text.Output);

        JsonElement json = Json(await InProcess.RunAsync("model", "inspect", "--model", version, "--output", "json"));
        Assert.Equal("pump-1", json.GetProperty("series").GetString());
        JsonElement[] networks = [.. json.GetProperty("networks").EnumerateArray()];
        Assert.Equal(["denoising", "linear"], networks.Select(network => network.GetProperty("name").GetString()));
        // 24-12-4-12-24, weights and biases.
        Assert.Equal((24 * 12 + 12) + (12 * 4 + 4) + (4 * 12 + 12) + (12 * 24 + 24), networks[0].GetProperty("parameters").GetInt64());
        Assert.Equal(60, networks[0].GetProperty("training").GetProperty("steps").GetInt32());
    }

    [Fact]
    public async Task Inspect_SeveralSeries_AsksWhich()
    {
        await _state.TrainAsync("pump-1");
        await _state.TrainAsync("pump-2");
        ToolResult result = await _state.RunAsync("model inspect");

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains("There are 2 models", result.Error, StringComparison.Ordinal);
        Assert.Contains("pumps/pump-1, pumps/pump-2", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--series", "pump-9", "There is no model of series 'pump-9'")]
    [InlineData("--version", "20200101T000000-0000000Z", "has no version '20200101T000000-0000000Z'")]
    public async Task Inspect_NotThere_SaysSo(string option, string value, string sentence)
    {
        await _state.TrainAsync("pump-1");
        ToolResult result = await _state.RunAsync("model inspect", option, value);

        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_FolderAndState_IsWrongUsage() =>
        Assert.Equal(ExitCodes.Usage, (await _state.RunAsync("model inspect", "--model", _state.Path)).ExitCode);

    [Fact]
    public async Task Verify_DamagedWeights_ExitsWith78AndNamesTheFile()
    {
        string sound = await _state.TrainAsync("pump-1");
        string damaged = await _state.TrainAsync("pump-1");
        Assert.Equal(ExitCodes.Ok, (await _state.RunAsync("model verify")).ExitCode);
        TrainedState.Damage(damaged);

        ToolResult result = await _state.RunAsync("model verify", "--output", "json");
        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        JsonElement[] verdicts = [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
        Assert.Equal([(damaged, false), (sound, true)], verdicts.Select(verdict => (verdict.GetProperty("directory").GetString()!, verdict.GetProperty("sound").GetBoolean())));
        Assert.Contains("weights.safetensors does not have the SHA-256", verdicts[0].GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Configuration, (await InProcess.RunAsync("model", "verify", "--model", damaged)).ExitCode);
        Assert.Equal(ExitCodes.Ok, (await InProcess.RunAsync("model", "verify", "--model", sound)).ExitCode);
    }

    [Fact]
    public async Task Rollback_ThreeVersionsTheMiddleOneDamaged_ServesTheOldest()
    {
        string oldest = await _state.TrainAsync("pump-1");
        TrainedState.Damage(await _state.TrainAsync("pump-1"));
        string newest = await _state.TrainAsync("pump-1");
        await _state.TrainAsync("pump-2");

        JsonElement json = Json(await _state.RunAsync("model rollback", "--series", "pump-1", "--output", "json"));
        Assert.Equal((Path.GetFileName(newest), Path.GetFileName(oldest)), (json.GetProperty("withdrawn").GetString(), json.GetProperty("serves").GetString()));
        Assert.False(Directory.Exists(newest));
        Assert.True(Directory.Exists(json.GetProperty("aside").GetString()));
        Assert.DoesNotContain(Path.GetFileName(newest), (await _state.RunAsync("model list")).Output, StringComparison.Ordinal);

        ToolResult again = await _state.RunAsync("model rollback", "--series", "pump-1");
        Assert.Equal((ExitCodes.Failure, ""), (again.ExitCode, again.Output));
        Assert.Contains("of 2 stored versions only " + Path.GetFileName(oldest) + " is sound", again.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(oldest));
    }

    private static JsonElement Json(ToolResult result)
    {
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
