using System.Globalization;

namespace Detector.Tests.Support;

/// <summary>A mosquitto on a free port of the loopback address. It forgets everything when it is disposed.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private readonly string _settings;
    private ExternalTool? _process;
    private int _subscribers;

    private MosquittoBroker(string settings, bool anonymous)
    {
        Port = FreePort.Next();
        _settings = string.Create(CultureInfo.InvariantCulture, $"""
            listener {Port} 127.0.0.1
            allow_anonymous {(anonymous ? "true" : "false")}
            user root
            log_dest stderr
            log_type error
            log_type warning
            log_type notice
            log_type information
            log_type subscribe
            max_queued_messages 0
            persistence true
            persistence_location {_directory}/
            {settings.Replace("{directory}", _directory, StringComparison.Ordinal)}

            """);
    }

    public int Port { get; }

    /// <summary>What clients of the shell are told.</summary>
    public string[] Address => ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture)];

    /// <summary>What it has logged.</summary>
    public string Log => _process!.Error;

    /// <param name="settings">Further lines for its configuration file; <c>{directory}</c> stands for its own directory.</param>
    /// <param name="anonymous">Whether clients need no name.</param>
    /// <param name="prepare">Writes files that the settings name into its directory.</param>
    public static async Task<MosquittoBroker> StartAsync(string settings = "", bool anonymous = true, Action<string>? prepare = null)
    {
        var broker = new MosquittoBroker(settings, anonymous);
        prepare?.Invoke(broker._directory);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Starts it on the same port, with what it kept.</summary>
    public async Task StartAgainAsync()
    {
        string file = Path.Combine(_directory, "mosquitto.conf");
        await File.WriteAllTextAsync(file, _settings);
        _process = ExternalTool.Start("mosquitto", ["-c", file]);
        await _process.WaitForTextAsync(" running");
    }

    /// <summary>Lets it save its sessions and end.</summary>
    public async Task StopAsync()
    {
        ToolResult told = await ExternalTool.RunAsync("kill", ["-TERM", _process!.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        Assert.Equal(0, told.ExitCode);
        await _process.ExitAsync();
        await _process.DisposeAsync();
    }

    /// <summary>Publishes lines of text, each as a message.</summary>
    public async Task PublishAsync(string topic, IEnumerable<string> lines, params string[] options)
    {
        ToolResult result = await ExternalTool.RunAsync("mosquitto_pub", [.. Address, "-t", topic, "-l", .. options], string.Join('\n', lines) + "\n");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>A mosquitto_sub that is subscribed.</summary>
    public async Task<ExternalTool> SubscribeAsync(string topic, params string[] options)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"subscriber-{++_subscribers}");
        ExternalTool subscriber = ExternalTool.Start("mosquitto_sub", [.. Address, "-t", topic, "-i", id, .. options]);
        // The broker logs each subscription: client, QoS, topic.
        await _process!.WaitForTextAsync($": {id} ");
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
