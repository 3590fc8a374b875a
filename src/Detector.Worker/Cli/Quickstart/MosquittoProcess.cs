using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>A mosquitto that this process starts, for itself alone, and ends. It listens on the loopback address and keeps nothing.</summary>
internal sealed class MosquittoProcess : IDisposable
{
    private const string Program = "mosquitto";
    private const int Attempts = 3;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Debian keeps servers where the PATH of an ordinary user does not look.</summary>
    private static readonly string[] s_serverFolders = ["/usr/sbin", "/usr/local/sbin"];

    /// <summary>Starts a program in a session of its own, so that Ctrl-C on the terminal does not end the broker before those who still talk to it.</summary>
    private const string NewSession = "setsid";
    private readonly Process _process;
    private readonly string _directory;

    private MosquittoProcess(string program, int port, string settings)
    {
        Port = port;
        _directory = Directory.CreateTempSubdirectory("detector-mosquitto-").FullName;
        string configuration = Path.Combine(_directory, "mosquitto.conf");
        File.WriteAllText(configuration, Settings(port) + settings + '\n');
        string[] command = [.. Find(NewSession) is { } session ? [session] : (string[])[], program, "-c", configuration];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new IOException($"{program} did not start.");
        // Unread, its log would fill the pipe and stop it.
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <summary>Starts one, and waits until it takes connections.</summary>
    /// <param name="settings">Further lines of its configuration.</param>
    /// <exception cref="IOException">None is installed, or it does not start.</exception>
    public static MosquittoProcess Start(string settings = "")
    {
        string program = Find(Program) ?? throw new IOException(
            "--broker mqtt starts a mosquitto, which is not installed: sudo apt-get install mosquitto. Without --broker the quickstart brings a broker of its own, which speaks Kafka's protocol.");
        for (int attempt = 1; ; attempt++)
        {
            var mosquitto = new MosquittoProcess(program, FreePort(), settings);
            if (mosquitto.IsListening())
                return mosquitto;
            mosquitto.Dispose();
            // Someone else may have taken the port.
            if (attempt == Attempts)
                throw new IOException($"{program} does not take connections: run it by hand to see why, as in {program} -p 18830 -v.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(s_timeout);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(s_serverFolders)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Settings(int port) => string.Create(CultureInfo.InvariantCulture, $"""
        listener {port} 127.0.0.1
        allow_anonymous true
        persistence false
        max_queued_messages 0
        max_inflight_messages 0
        user {Environment.UserName}
        log_dest stderr
        log_type error

        """);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool IsListening()
    {
        long started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < s_timeout)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                Thread.Sleep(s_look);
            }
        }

        return false;
    }
}
