using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline.Alerts;

namespace Detector.Worker.Hosting;

/// <summary>
/// What is kept of alerts beside the flow: the book, feedback and maintenance. A thread of its own writes the book and looks for changed calendars.
/// </summary>
internal sealed class AlertDesk : IDisposable
{
    private static readonly TimeSpan s_store = TimeSpan.FromMilliseconds(250), s_refresh = TimeSpan.FromSeconds(15);
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private const int MostWorkers = 64;
    private FileStream? _lock;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <exception cref="IOException">A journal cannot be opened; another process may use the directory.</exception>
    /// <exception cref="InvalidDataException">A calendar cannot be used.</exception>
    public AlertDesk(DetectorOptions options, ServiceContext context)
    {
        _log = context.Log;
        _clock = context.Clock;
        Directory = OwnDirectory(options.State.Directory);
        Maintenance = new MaintenanceSchedule(options.Maintenance, Path.Combine(Directory, "maintenance.jsonl"));
        Feedback = new FeedbackBook(Path.Combine(Directory, "feedback.jsonl"));
        Alerts = new AlertBook(context.Clock, Path.Combine(Directory, "alerts.jsonl"));
        Desk = new FeedbackDesk(Alerts, Feedback, context.Metrics, options.Pipelines.Keys, context.Clock);
        _thread = new Thread(Run) { Name = "alert desk", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where the journals lie: a directory of this process alone.</summary>
    public string Directory { get; }

    public MaintenanceSchedule Maintenance { get; }

    public FeedbackBook Feedback { get; }

    public AlertBook Alerts { get; }

    public FeedbackDesk Desk { get; }

    /// <summary>Tells sinks that must know of it what was firing when the service stopped.</summary>
    public void Resume(IEnumerable<ISink> sinks)
    {
        IReadOnlyList<Alert> open = Alerts.Open;
        foreach (IAlertRepeater sink in sinks.OfType<IAlertRepeater>())
            sink.Resume(open);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        Store();
        Alerts.Dispose();
        Feedback.Dispose();
        Maintenance.Dispose();
        _lock!.Dispose();
        _stop.Dispose();
    }

    /// <summary>Several workers may share a state directory: each has the first folder of its own that no other holds, the same after a restart.</summary>
    private string OwnDirectory(string state)
    {
        for (int number = 0; ; number++)
        {
            string directory = StateOptions.Alerts(state, number);
            System.IO.Directory.CreateDirectory(directory);
            try
            {
                _lock = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return directory;
            }
            catch (IOException) when (number < MostWorkers - 1)
            {
                // Another worker's.
            }
        }
    }

    private void Run()
    {
        long refreshed = _clock.GetTimestamp();
        while (!_stop.Wait(s_store))
        {
            Store();
            if (_clock.GetElapsedTime(refreshed) < s_refresh)
                continue;
            refreshed = _clock.GetTimestamp();
            foreach (string trouble in Maintenance.Refresh())
                _log.CalendarRefused(trouble);
        }
    }

    private void Store()
    {
        try
        {
            Alerts.Store();
        }
        catch (IOException error)
        {
            _log.AlertsNotStored(error.Message);
        }
    }
}
