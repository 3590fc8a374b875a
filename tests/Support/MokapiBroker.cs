using System.Globalization;
using System.Runtime.CompilerServices;

namespace Detector.Tests.Support;

/// <summary>A second broker that speaks Kafka's protocol, by others (mokapi, of the npm registry), on a free port of the loopback address.</summary>
internal sealed class MokapiBroker : IAsyncDisposable
{
    private readonly string _directory;
    private readonly ExternalTool _process;

    private MokapiBroker(string directory, ExternalTool process, string servers)
    {
        _directory = directory;
        _process = process;
        BootstrapServers = servers;
    }

    public string BootstrapServers { get; }

    /// <param name="topics">Topics and the number of their partitions.</param>
    public static async Task<MokapiBroker> StartAsync(params (string Name, int Partitions)[] topics)
    {
        string program = Path.Combine(Root(), "eng", "servers", "node_modules", "@go-mokapi", "linux-x64", "bin", "mokapi");
        Assert.True(File.Exists(program), "mokapi is not installed: run eng/setup.sh --tests.");
        string directory = Directory.CreateTempSubdirectory("mokapi-").FullName;
        string servers = string.Create(CultureInfo.InvariantCulture, $"localhost:{FreePort.Next()}");
        IEnumerable<string> channels = topics.Select(topic => string.Create(
            CultureInfo.InvariantCulture,
            $"  {topic.Name}: {{ bindings: {{ kafka: {{ partitions: {topic.Partitions} }} }}, subscribe: {{ message: {{ contentType: application/octet-stream }} }} }}"));
        string file = Path.Combine(directory, "cluster.yaml");
        await File.WriteAllLinesAsync(
            file, ["asyncapi: '2.0.0'", "info: { title: plant, version: 1.0.0 }", $"servers: {{ broker: {{ url: '{servers}', protocol: kafka }} }}", "channels:", .. channels]);
        ExternalTool process = ExternalTool.Start(
            program, ["--providers-file-filename", file, "--api-port", FreePort.Next().ToString(CultureInfo.InvariantCulture)], directory: directory);
        await process.WaitForTextAsync("adding new kafka broker");
        return new MokapiBroker(directory, process, servers);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
