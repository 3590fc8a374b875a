using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Detector.Tests.Support;

/// <summary>A program of the operating system that a test runs; disposal kills it, by its process id, if it still runs.</summary>
internal sealed class ExternalTool : IAsyncDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> DebianPackages = new(StringComparer.Ordinal)
    {
        ["amtool"] = "prometheus-alertmanager",
        ["chromium"] = "chromium",
        ["mosquitto_passwd"] = "mosquitto",
        ["mosquitto_pub"] = "mosquitto-clients",
        ["mosquitto_sub"] = "mosquitto-clients",
        ["promtool"] = "prometheus",
        ["systemd-analyze"] = "systemd",
    };

    private readonly string _name;
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private TaskCompletionSource _moreText = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ExternalTool(string name, Process process)
    {
        _name = name;
        _process = process;
        process.OutputDataReceived += (_, e) => Take(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Take(_error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it has written to the standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Runs a tool to its end. A tool that is missing or takes longer than <paramref name="timeout"/> (60 s unless told) fails the test.</summary>
    public static async Task<ToolResult> RunAsync(string name, IEnumerable<string> arguments, string? input = null, TimeSpan? timeout = null)
    {
        await using var tool = Start(name, arguments, input);
        return await tool.ExitAsync(timeout);
    }

    /// <summary>Starts a tool and leaves it running. A tool that is missing fails the test.</summary>
    public static ExternalTool Start(
        string name, IEnumerable<string> arguments, string? input = null, string? directory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(Find(name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>()) start.Environment[key] = value;

        var tool = new ExternalTool(name, Process.Start(start) ?? throw new InvalidOperationException($"'{name}' did not start."));
        tool.Feed(input);
        return tool;
    }

    /// <summary>Waits for the end of the tool and of all it writes.</summary>
    public async Task<ToolResult> ExitAsync(TimeSpan? timeout = null)
    {
        var limit = timeout ?? DefaultTimeout;
        using var source = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(source.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail(Sentence($"still ran after {Seconds(limit)} s"));
        }

        return new ToolResult(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until the tool has written <paramref name="text"/> to either of its outputs.</summary>
    public async Task WaitForTextAsync(string text, TimeSpan? timeout = null)
    {
        var limit = timeout ?? DefaultTimeout;
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task more;
            lock (_lock) more = _moreText.Task;
            if (Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal)) return;

            var left = limit - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) Assert.Fail(Sentence($"did not write '{text}' within {Seconds(limit)} s"));
            if (HasExited && more.IsCompleted is false && left < limit - TimeSpan.FromSeconds(1))
                Assert.Fail(Sentence($"ended with code {_process.ExitCode} and did not write '{text}'"));
            await Task.WhenAny(more, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // Debian keeps servers where the PATH of an ordinary user does not look.
        var path = folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            var package = DebianPackages.GetValueOrDefault(name, name);
            Assert.Fail($"This test runs '{name}', which is not on the PATH; install the Debian package '{package}' (apt-get install {package}).");
        }

        return path!;
    }

    private void Feed(string? input)
    {
        try
        {
            if (input is not null) _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code tells why.
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null) return;
        TaskCompletionSource arrived;
        lock (_lock)
        {
            text.AppendLine(line);
            arrived = _moreText;
            _moreText = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrived.SetResult();
    }

    private string Read(StringBuilder text)
    {
        lock (_lock) return text.ToString();
    }

    private void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    private string Sentence(string what) => $"'{_name}' {what}. It wrote:\n{Output}\nand to the standard error:\n{Error}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
