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
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <exception cref="IOException">A journal cannot be opened; another process may use the directory.</exception>
    /// <exception cref="InvalidDataException">A calendar cannot be used.</exception>
    public AlertDesk(DetectorOptions options, ServiceContext context)
    {
        _log = context.Log;
        _clock = context.Clock;
        string directory = options.State.Directory;
        Maintenance = new MaintenanceSchedule(options.Maintenance, StateOptions.Maintenance(directory));
        Feedback = new FeedbackBook(StateOptions.Feedback(directory));
        Alerts = new AlertBook(context.Clock, StateOptions.Alerts(directory));
        Desk = new FeedbackDesk(Alerts, Feedback, context.Metrics, options.Pipelines.Keys, context.Clock);
        _thread = new Thread(Run) { Name = "alert desk", IsBackground = true };
        _thread.Start();
    }

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
        _stop.Dispose();
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
