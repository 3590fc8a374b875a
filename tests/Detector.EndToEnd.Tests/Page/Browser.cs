using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Page;

/// <summary>The Chromium of the system's packages with one tab, driven by its own protocol.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private readonly TemporaryDirectory _profile;
    private readonly ExternalTool _process;
    private readonly ClientWebSocket _socket = new();
    private string? _session;
    private int _id;

    private Browser(TemporaryDirectory profile, ExternalTool process)
    {
        _profile = profile;
        _process = process;
    }

    /// <summary>What pages have complained of: errors, and what their policy forbade.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        var profile = new TemporaryDirectory();
        ExternalTool process = ExternalTool.Start(
            "chromium",
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank"]);
        var browser = new Browser(profile, process);
        await process.WaitForTextAsync("DevTools listening on");
        await browser._socket.ConnectAsync(new Uri(Address().Match(process.Error).Groups[1].Value), CancellationToken.None);
        JsonNode target = await browser.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await browser.CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string?)target["targetId"], ["flatten"] = true });
        browser._session = (string?)attached["sessionId"];
        foreach (string domain in (string[])["Page", "Runtime", "Log"])
            await browser.CallAsync($"{domain}.enable");
        return browser;
    }

    public Task OpenAsync(Uri page) => CallAsync("Page.navigate", new JsonObject { ["url"] = page.ToString() });

    /// <summary>Value of a JavaScript expression, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})", ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } trouble ? $"exception: {trouble.ToJsonString()}" : (string?)answer["result"]?["value"] ?? "";
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitForAsync(string expression) => await Eventually.HoldsAsync(
        async () => await EvaluateAsync($"Boolean({expression})") == "true", () => $"On the page never came true: {expression}.\n{string.Join('\n', Complaints)}", () => _process.HasExited);

    /// <summary>Clicks what a selector finds, as soon as it is there.</summary>
    public async Task ClickAsync(string selector)
    {
        string found = $"document.querySelector({JsonSerializer.Serialize(selector)})";
        await WaitForAsync($"{found} && !{found}.disabled");
        await EvaluateAsync($"{found}.click()");
    }

    /// <summary>Bytes that the page's scripts hold, once what is garbage is gone.</summary>
    public async Task<double> HeapAsync()
    {
        await CallAsync("HeapProfiler.collectGarbage");
        return (double)(await CallAsync("Runtime.getHeapUsage"))["usedSize"]!;
    }

    /// <summary>Sets size and colour scheme of the window.</summary>
    public async Task ShowAsAsync(int width, int height, bool dark)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _process.DisposeAsync();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                // Its children may still write for a moment.
                await Task.Delay(100);
            }
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_id;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
            message["sessionId"] = _session;
        using var limit = new CancellationTokenSource(s_patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            JsonNode answer = await ReceiveAsync(limit.Token);
            if ((int?)answer["id"] == id)
                return answer["result"] ?? throw new InvalidOperationException($"Chromium answers {method} with {answer.ToJsonString()}.");
            Listen(answer);
        }
    }

    private void Listen(JsonNode news)
    {
        if ((string?)news["method"] == "Runtime.exceptionThrown")
            Complaints.Add(news["params"]!.ToJsonString());
        else if ((string?)news["method"] == "Log.entryAdded" && (string?)news["params"]?["entry"]?["source"] is "security" or "javascript")
            Complaints.Add(news["params"]!.ToJsonString());
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken stop)
    {
        using var text = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, stop);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }

    [GeneratedRegex(@"DevTools listening on (ws://\S+)")]
    private static partial Regex Address();
}
