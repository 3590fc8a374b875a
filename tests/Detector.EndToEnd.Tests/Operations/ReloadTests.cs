using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Detector.EndToEnd.Tests.Service;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>A configuration that changes while the service runs.</summary>
public sealed class ReloadTests(TrainedPlant trained)
{
    private const string Successful = "detector_config_last_reload_successful";

    /// <summary>Rows until a window is full.</summary>
    private const int Window = 31;

    [Fact]
    public async Task Hangup_WrongConfiguration_ChangesNothingButAMetricAndALogLine()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        await using RunningService service = await RunningService.StartAsync(plant);
        var rows = new PumpRows();
        await plant.ProduceAsync(rows.Take(60));
        await service.WaitForMetricAsync(60 - Window, "detector_windows_scored_total");
        Assert.Equal(1, Gauge(await service.Endpoint.MetricsAsync()));

        await plant.EditAsync(detector => detector["Pipelines"]!["pumps"]!["Treshold"] = new JsonObject { ["Method"] = "spot" });
        await service.SignalAsync("HUP");
        await service.WaitForLogAsync("The configuration was not reloaded");
        await plant.ProduceAsync(rows.Take(40));
        await service.WaitForMetricAsync(100 - Window, "detector_windows_scored_total");
        string metrics = await service.Endpoint.MetricsAsync();

        Assert.Equal(0, Gauge(metrics));
        Assert.Contains("did you mean \"Threshold\"?", service.Log, StringComparison.Ordinal);
        // Had it been restarted, its window would have had to fill anew.
        Assert.Equal(100 - Window, Scrape.Value(metrics, "detector_windows_scored_total"));
        Assert.Equal(100, Scrape.Value(metrics, "detector_messages_total"));

        await plant.EditAsync(detector => detector["Pipelines"]!["pumps"]!.AsObject().Remove("Treshold"));
        await service.SignalAsync("HUP");
        await service.WaitForLogAsync("changed: nothing");
        Assert.Equal(1, Gauge(await service.Endpoint.MetricsAsync()));
        await service.StopAsync();
    }

    [Fact]
    public async Task Hangup_BrokerThatIsNotThere_KeepsTheConfigurationInForce()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        await using RunningService service = await RunningService.StartAsync(plant);

        await plant.EditAsync(detector => detector["Sinks"]!["alerts"]!["Client"]!["bootstrap.servers"] = "127.0.0.1:1");
        await service.SignalAsync("HUP");
        await service.WaitForLogAsync("The configuration was not reloaded");

        Assert.Contains("Detector:Sinks:alerts", service.Log, StringComparison.Ordinal);
        Assert.Equal(0, Gauge(await service.Endpoint.MetricsAsync()));
        await service.StopAsync();
    }

    [Fact]
    public async Task Hangup_NewTopicAndThreshold_AreInForceAndTheModelIsKept()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        await using KcatTopic thresholds = plant.Follow(Plant.Thresholds);
        await using RunningService service = await RunningService.StartAsync(plant);
        var rows = new PumpRows();
        await plant.ProduceAsync(rows.Take(60));
        await service.WaitForMetricAsync(60 - Window, "detector_windows_scored_total");

        await plant.EditAsync(detector => detector["Pipelines"]!["pumps"]!["ScoreSinks"] = new JsonArray("thresholds"));
        await service.SignalAsync("HUP");
        await service.WaitForLogAsync("changed: Pipelines:pumps");
        await plant.ProduceAsync(rows.Take(60));
        IReadOnlyList<TopicMessage> scores = await thresholds.WaitAsync(
            messages => messages.Count(message => !message.Headers.ContainsKey("ce_type")) == 60, "every score where only thresholds went before", () => service.Log);
        string metrics = await service.Endpoint.MetricsAsync();
        await service.StopAsync();

        Assert.Equal(
            Enumerable.Range(60, 60).Select(PumpRows.TimeOf),
            scores.Where(message => !message.Headers.ContainsKey("ce_type")).Select(score => score.Json.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.Equal(1, Gauge(metrics));
        Assert.DoesNotContain("Training", service.Log, StringComparison.Ordinal);
        Assert.Equal(120, plant.CommittedOffset());
        // Counters go on: nobody who watches them may take the reload for a restart. So do windows: had they filled anew, 31 more would lack a score.
        Assert.Equal(120, Scrape.Value(metrics, "detector_messages_total"));
        Assert.Equal(120 - Window, Scrape.Value(metrics, "detector_windows_scored_total"));
    }

    [Fact]
    public async Task Hangup_AmidAFault_ScoresAndAlertsAreThoseOfAStreamWithoutReload()
    {
        await trained.OutcomeAsync();
        (string, string, string)[] untouched = await FaultAsync(reload: null), reloaded = await FaultAsync(plant => plant.EditAsync(detector =>
        {
            detector["Pipelines"]!.AsObject().Remove("idle");
            detector["Pipelines"]!["pumps"]!["MaxBatch"] = 64;
        }));

        Assert.Equal(Rows - Window, untouched.Count(output => output.Item1 == Plant.Scores));
        Assert.Contains(untouched, output => output is { Item1: Plant.Alerts, Item3: "firing 1" });
        Assert.Equal(untouched, reloaded);
    }

    /// <summary>Rows before, of, and after the fault.</summary>
    private const int Before = 80, Leak = 40, After = 100, Rows = Before + Leak + After;

    /// <summary>Lives through a fault, in the middle of which the configuration may change, and returns every score and alert.</summary>
    private async Task<(string Topic, string Key, string Text)[]> FaultAsync(Func<Plant, Task>? reload)
    {
        using var plant = new Plant(trained.State);
        await plant.EditAsync(detector => detector["Pipelines"]!["idle"] = JsonNode.Parse("{\"Sources\":[\"plant\"],\"Series\":\"idle-*\"}"));
        await using RunningService service = await RunningService.StartAsync(plant);
        var rows = new PumpRows();
        rows.Take(Plant.WarmupRows);
        await plant.ProduceAsync([.. rows.Take(Before), .. rows.Take(Leak / 2, leak: true)]);
        await service.WaitForMetricAsync(Before + Leak / 2 - Window, "detector_windows_scored_total");
        Assert.Contains("pipeline=\"idle\"", await service.Endpoint.MetricsAsync(), StringComparison.Ordinal);
        if (reload is not null)
        {
            await reload(plant);
            await service.SignalAsync("HUP");
        }

        // While it reloads, if it does.
        await plant.ProduceAsync([.. rows.Take(Leak / 2, leak: true), .. rows.Take(After)]);
        await service.WaitForMetricAsync(Rows - Window, "detector_windows_scored_total");
        if (reload is not null)
        {
            await service.WaitForLogAsync("changed: Pipelines:idle, Pipelines:pumps");
            Assert.DoesNotContain("pipeline=\"idle\"", await service.Endpoint.MetricsAsync(), StringComparison.Ordinal);
        }

        await service.StopAsync();
        return
        [
            .. (await KcatTopic.ReadAsync(plant.Servers, Plant.Scores)).Select(score => (Plant.Scores, score.Key!, score.Payload)),
            .. (await KcatTopic.ReadAsync(plant.Servers, Plant.Alerts)).Select(alert =>
                (Plant.Alerts, alert.Json.GetProperty("id").GetString()!, $"{alert.Json.GetProperty("state").GetString()} {alert.Json.GetProperty("revision").GetInt32()}")),
        ];
    }

    [Fact]
    public async Task Post_Reload_SaysWhatIsWrongAndTakesUpWhatIsRight()
    {
        using var plant = new Plant();
        await using RunningService service = await RunningService.StartAsync(plant);

        await plant.EditAsync(detector => detector["Devise"] = "cpu");
        (HttpStatusCode wrong, string problems) = await PostAsync(service);
        await plant.EditAsync(detector =>
        {
            detector.AsObject().Remove("Devise");
            detector["Pipelines"]!["pumps"]!["MaxBatch"] = 64;
        });
        (HttpStatusCode foreign, _) = await PostAsync(service, site: "cross-site");
        (HttpStatusCode right, _) = await PostAsync(service);
        await service.WaitForLogAsync("changed: Pipelines:pumps");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("did you mean \"Device\"?", problems, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, foreign);
        Assert.Equal(HttpStatusCode.Accepted, right);
        Assert.Equal(1, Gauge(await service.Endpoint.MetricsAsync()));
        await service.StopAsync();
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(RunningService service, string? site = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Url, "/-/reload"));
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static double Gauge(string metrics) => double.Parse(
        Assert.Single(metrics.Split('\n'), line => line.StartsWith(Successful + " ", StringComparison.Ordinal))[(Successful.Length + 1)..], CultureInfo.InvariantCulture);
}
