using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli.Model;

/// <summary>A state directory with models that <c>detector train</c> made of <see cref="Recording"/>.</summary>
internal sealed class TrainedState : IDisposable
{
    private static readonly string[] s_small =
        ["--set", "Window:Length=00:00:08", "--set", "Model:Latent=4", "--set", "Model:Hidden:0=12", "--set", "Training:MaxSteps=60", "--set", "Threshold:Method=quantile"];

    private readonly TemporaryDirectory _directory = new();

    public string Path => System.IO.Path.Combine(_directory.Path, "state");

    /// <summary>Trains a model and returns the folder of its version.</summary>
    public async Task<string> TrainAsync(string series, string networks = "linear", string pipeline = "pumps", string? csv = null)
    {
        string input = Write("input.csv", csv ?? Recording.Csv(300));
        IEnumerable<string> chosen = networks.Split(',').SelectMany((network, i) => (string[])["--set", $"Model:Networks:{i}={network}"]);
        ToolResult result = await InProcess.RunAsync(
            ["train", "--input", input, "--state", Path, "--pipeline", pipeline, "--series", series, "--output", "json", .. s_small, .. chosen]);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        return System.Text.Json.JsonDocument.Parse(result.Output).RootElement.GetProperty("directory").GetString()!;
    }

    /// <summary>Runs a command on this state directory.</summary>
    public Task<ToolResult> RunAsync(string command, params string[] arguments) => InProcess.RunAsync([.. command.Split(' '), "--state", Path, .. arguments]);

    public string Write(string name, string text) => _directory.Write(name, text);

    /// <summary>Writes another byte into the weights of a version.</summary>
    public static void Damage(string version)
    {
        string weights = Directory.GetFiles(version, "*.safetensors").Single();
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
    }

    public void Dispose() => _directory.Dispose();
}
