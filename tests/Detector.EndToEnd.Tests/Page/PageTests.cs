using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Page;

/// <summary>What an operator does: sees a fault on the page in a real browser, marks it, and looks what comes of it.</summary>
public sealed class PageTests(TrainedPlant trained)
{
    /// <summary>Rows after which the service has a full window, and of a fault and the quiet time that resolves it.</summary>
    private const int Lead = 60, Fault = 30, Quiet = 100;

    [Fact]
    public async Task Page_FaultMarkedAsNoAnomaly_ItsTwinStaysAwayAndAnotherFaultDoesNot()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        var rows = new PumpRows();
        rows.Take(TrainedPlant.Rows);
        int scored = 0;
        string id;
        await using Browser browser = await Browser.StartAsync();
        await browser.ShowAsAsync(1280, 860, dark: false);

        await using (RunningService service = await RunningService.StartAsync(plant))
        {
            await browser.OpenAsync(new Uri(service.Url, "/#/alerts"));
            await browser.WaitForAsync("document.querySelector('#link').dataset.state === 'live'");
            await plant.ProduceAsync([.. rows.Take(Lead + 40), .. rows.Take(Fault, leak: true), .. rows.Take(Quiet)]);
            await browser.WaitForAsync("document.querySelectorAll('article.alert').length === 1 && document.querySelector('article .state').textContent === 'resolved'");
            Assert.Contains(await browser.EvaluateAsync("document.querySelector('article .shares .name').textContent"), (string[])["flow", "pressure"]);
            id = await browser.EvaluateAsync("document.querySelector('article').dataset.id");

            await browser.ClickAsync("article button[data-verdict=no_anomaly]");
            await browser.WaitForAsync("document.querySelector('article button[data-verdict=no_anomaly]').getAttribute('aria-pressed') === 'true'");

            await plant.ProduceAsync([.. rows.Take(Fault, leak: true), .. rows.Take(Quiet)]);
            await service.WaitForMetricAsync(1, "detector_alerts_suppressed_total", "reason=\"feedback\"");
            scored = Lead + 40 + 2 * (Fault + Quiet) - 31;
            await service.WaitForMetricAsync(scored, "detector_windows_scored_total");
            Assert.Equal("", await browser.EvaluateAsync($"[...document.querySelectorAll('article:not([data-id=\"{id}\"])')].map(card => card.textContent).join()"));
            await service.StopAsync();
        }

        await using (RunningService service = await RunningService.StartAsync(plant))
        {
            await browser.OpenAsync(new Uri(service.Url, "/?again#/alerts"));
            await browser.WaitForAsync($"document.querySelector('article[data-id=\"{id}\"] button[data-verdict=no_anomaly]')?.getAttribute('aria-pressed') === 'true'");
            await plant.ProduceAsync([.. rows.Take(Lead), .. rows.Take(Fault, leak: true), .. rows.Take(Quiet)]);
            await service.WaitForMetricAsync(1, "detector_alerts_suppressed_total", "reason=\"feedback\"");
            await service.WaitForMetricAsync(Lead + Fault + Quiet - 31, "detector_windows_scored_total");
            Assert.Equal("", await browser.EvaluateAsync($"[...document.querySelectorAll('article:not([data-id=\"{id}\"])')].map(card => card.textContent).join()"));

            await plant.ProduceAsync([.. rows.Take(Fault, FaultKind.WindingShort), .. rows.Take(20)]);
            await browser.WaitForAsync($"[...document.querySelectorAll('article:not([data-id=\"{id}\"]) .shares li:first-child .name')].some(name => name.textContent === 'current')");

            await ListAndMarkByCommandAsync(service, id);
            await browser.WaitForAsync($"document.querySelector('article[data-id=\"{id}\"] button[data-verdict=confirmed]').getAttribute('aria-pressed') === 'true'");
            await LookAtEveryViewAsync(browser, service.Url);
            await service.StopAsync();
        }

        Assert.Empty(browser.Complaints);
    }

    private static async Task ListAndMarkByCommandAsync(RunningService service, string id)
    {
        string url = service.Url.GetLeftPart(UriPartial.Authority);
        var list = await DetectorProcess.RunAsync(["alert", "list", "--url", url]);
        Assert.Contains($"{id}  ", list.Output, StringComparison.Ordinal);
        Assert.Contains("[no_anomaly]", list.Output, StringComparison.Ordinal);
        var mark = await DetectorProcess.RunAsync(["alert", "mark", id, "confirmed", "--url", url, "--by", "night shift"]);
        Assert.True(mark.ExitCode == 0, mark.Error);
        var wrong = await DetectorProcess.RunAsync(["alert", "mark", "no-such-alert", "confirmed", "--url", url]);
        Assert.Equal((1, true), (wrong.ExitCode, wrong.Error.Contains("no-such-alert", StringComparison.Ordinal)));
    }

    private static async Task LookAtEveryViewAsync(Browser browser, Uri service)
    {
        foreach ((int width, bool dark) in ((int, bool)[])[(1280, false), (1280, true), (390, false)])
        {
            await browser.ShowAsAsync(width, 860, dark);
            foreach ((string view, string sign) in ((string, string)[])
            [
                ("/#/", "document.querySelectorAll('table.series tbody tr').length === 1"),
                ($"/#/series?pipeline=pumps&series={PumpRows.Series}", "document.querySelectorAll('.plots canvas').length > 3 && document.querySelectorAll('.hover .shares li').length > 3"),
                ("/#/models", "document.querySelectorAll('figure canvas').length > 3"),
                ("/#/maintenance", "document.querySelector('form #series')"),
            ])
            {
                await browser.OpenAsync(new Uri(service, view));
                await browser.WaitForAsync(sign);
                // Nothing may make the page wider than the window.
                Assert.Equal("true", await browser.EvaluateAsync("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
                Assert.Equal("", await browser.EvaluateAsync("[...document.querySelectorAll('button, input, a, dialog')].filter(item => item.checkVisibility() && !(item.textContent.trim() || item.getAttribute('aria-label') || item.labels?.length)).map(item => item.outerHTML).join()"));
            }
        }
    }
}
