using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Detector.EndToEnd.Tests.Operations;
using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Page;

/// <summary>The page in a real browser while a thousand series are scored.</summary>
public sealed class ThousandSeriesTests
{
    private const int Series = 1000, Shown = 100, Window = 31;

    /// <summary>Bytes by which the page may grow while every series goes on: what it knows of a series is replaced, not added to.</summary>
    private const double MostGrowth = 3e6;

    [Fact]
    public async Task Overview_AThousandSeriesThatGoOn_ShowsTheFirstAndGrowsNoFurther()
    {
        using var plant = new Plant();
        await plant.EditAsync(detector =>
        {
            detector["Pipelines"]!["pumps"]!["Model"] = new JsonObject { ["Scope"] = "pipeline", ["Networks"] = new JsonArray("linear") };
            detector["Pipelines"]!["pumps"]!["ScoreSinks"] = new JsonArray();
        });
        await using RunningService service = await RunningService.StartAsync(plant);
        await plant.ProduceAsync(new PumpRows().Take(Plant.WarmupRows + 10));
        await service.WaitForMetricAsync(1, "detector_windows_scored_total");
        var rows = new ManyPumps();
        await plant.ProduceAsync(rows.Take(Window + 5));
        await service.WaitForMetricAsync(Series, "detector_series", "state=\"active\"");
        await using Browser browser = await Browser.StartAsync();
        await browser.ShowAsAsync(1280, 860, dark: false);
        await browser.OpenAsync(new Uri(service.Url, "/#/"));
        await browser.WaitForAsync($"document.querySelectorAll('table.series tbody tr').length === {Shown}");
        Assert.Contains($"of {Series}", await browser.EvaluateAsync("document.querySelector('section.card > button').textContent"), StringComparison.Ordinal);

        await GoOnAsync();
        (double heap, double elements) before = (await browser.HeapAsync(), await ElementsAsync(browser));
        for (int i = 0; i < 3; i++)
            await GoOnAsync();
        (double heap, double elements) after = (await browser.HeapAsync(), await ElementsAsync(browser));

        Assert.True(after.heap - before.heap < MostGrowth, $"The page grew from {before.heap} to {after.heap} bytes.");
        Assert.Equal(before.elements, after.elements);
        await browser.EvaluateAsync("(() => { const field = document.querySelector('#filter'); field.value = 'pump-777'; field.dispatchEvent(new Event('input')); })()");
        await browser.WaitForAsync("document.querySelectorAll('table.series tbody tr').length === 1");
        Assert.Empty(browser.Complaints);
        await service.StopAsync();

        async Task GoOnAsync()
        {
            await plant.ProduceAsync(rows.Take(10));
            string newest = rows.Newest.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            await browser.WaitForAsync($"import('/service.js').then(service => service.state.rows.size === {Series} && [...service.state.rows.values()].filter(row => row.at >= {newest}).length >= {Series - 1})");
        }
    }

    private static async Task<double> ElementsAsync(Browser browser) =>
        double.Parse(await browser.EvaluateAsync("document.querySelectorAll('*').length"), CultureInfo.InvariantCulture);

    /// <summary>The same pump under all names but the one that the model was learned from.</summary>
    private sealed class ManyPumps
    {
        private readonly PumpSimulator _pump = new(seed: 11);
        private readonly double[] _values = new double[PumpSimulator.Sensors.Count];
        private int _row = Plant.WarmupRows + 100;

        public DateTimeOffset Newest => PumpRows.TimeOf(_row - 1);

        public List<(string Key, string Payload)> Take(int count)
        {
            var rows = new List<(string, string)>();
            for (; count > 0; count--, _row++)
            {
                _pump.Next(null, 0, _values);
                for (int pump = 2; pump <= Series; pump++)
                {
                    string name = string.Create(CultureInfo.InvariantCulture, $"pump-{pump}");
                    rows.Add((name, Encoding.UTF8.GetString(SampleMessage.Create(name, PumpRows.TimeOf(_row), PumpSimulator.Sensors, _values).Payload)));
                }
            }

            return rows;
        }
    }
}
