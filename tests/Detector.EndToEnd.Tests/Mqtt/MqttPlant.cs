using System.Globalization;
using System.Text.Json;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Mqtt;

/// <summary>A mosquitto, a directory with the model that another test has trained, and a configuration file.</summary>
internal sealed class MqttPlant : IAsyncDisposable
{
    public const string Samples = "plant/pump-1/telemetry", Alerts = "plant/pump-1/alerts", Status = "status/detector";

    private readonly TemporaryDirectory _directory = new();

    private MqttPlant(MosquittoBroker broker, string state, int qos)
    {
        Broker = broker;
        string models = Path.Combine(_directory.Path, "state");
        Plant.Copy(Path.Combine(state, "models"), Path.Combine(models, "models"));
        Configuration = _directory.Write("config.json", Text(string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}"), models, qos));
    }

    public MosquittoBroker Broker { get; }

    public string Configuration { get; }

    /// <param name="state">Directory of the model.</param>
    public static async Task<MqttPlant> StartAsync(string state, int qos = 1) => new(await MosquittoBroker.StartAsync(), state, qos);

    public Task PublishAsync(IEnumerable<(string Key, string Payload)> rows, int qos = 1) =>
        Broker.PublishAsync(Samples, rows.Select(row => row.Payload), "-q", $"{qos}");

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        _directory.Dispose();
    }

    private static string Text(string server, string models, int qos) => JsonSerializer.Serialize(new
    {
        Detector = new
        {
            Sources = new
            {
                plant = new
                {
                    Type = "mqtt",
                    Server = server,
                    Topics = new[] { "plant/+/telemetry" },
                    Mqtt = new { ClientId = "detector", Qos = qos, StatusTopic = Status },
                    Decode = new { Format = "json", Series = "topic:1", Timestamp = "$.ts", Features = "$.values" },
                },
            },
            Pipelines = new
            {
                pumps = new
                {
                    Sources = new[] { "plant" },
                    Series = "pump-*",
                    Window = new { Period = "00:00:01" },
                    Training = new { Warmup = TimeSpan.FromSeconds(Plant.WarmupRows).ToString("c"), MaxSteps = 600 },
                    Alert = new { MergeGap = "00:00:40" },
                    Sinks = new[] { "alerts" },
                },
            },
            Sinks = new { alerts = new { Type = "mqtt", Server = server, Topic = "plant/{series}/alerts", Mqtt = new { Qos = qos } } },
            State = new { Directory = models },
            Http = new { Port = 0 },
            Device = "cpu",
        },
    });
}
