using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Detector.Tests.Support;

/// <summary>An S3 server (s3rver, of the npm registry) on a free port of the loopback address, with a bucket <c>models</c>.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    /// <summary>Both halves of the account that it knows.</summary>
    public const string Account = "S3RVER";

    private readonly string _directory = Directory.CreateTempSubdirectory("s3-").FullName;
    private readonly int _port = FreePort.Next();
    private ExternalTool? _process;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Files of the bucket.</summary>
    public string[] Objects => [.. Directory.EnumerateFiles(Path.Combine(_directory, "models"), "*._S3rver_object", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(_directory, "models"), file).Replace("._S3rver_object", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port, with what it kept.</summary>
    public async Task StartAgainAsync()
    {
        string script = Path.Combine(Root(), "eng", "servers", "node_modules", "s3rver", "bin", "s3rver.js");
        Assert.True(File.Exists(script), "s3rver is not installed: run eng/setup.sh --tests.");
        _process = ExternalTool.Start(
            "node", [script, "-d", _directory, "-a", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "--configure-bucket", "models"]);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", _port);
                return;
            }
            catch (SocketException) when (attempt < 600 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Ends it; what it keeps stays.</summary>
    public async Task StopAsync() => await _process!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
