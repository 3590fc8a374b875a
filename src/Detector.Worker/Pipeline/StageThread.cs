namespace Detector.Worker.Pipeline;

/// <summary>A thread that runs one stage. A stage that throws has a bug: the fault is reported once and stops the service.</summary>
internal sealed class StageThread
{
    private readonly Thread _thread;

    public StageThread(string name, Action run, Action<string, Exception> fault)
    {
        _thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (OperationCanceledException)
            {
                // The stop was signalled while the stage waited.
            }
#pragma warning disable CA1031 // Whatever it is, it ends the service with a message instead of ending the process without one.
            catch (Exception error)
#pragma warning restore CA1031
            {
                fault(name, error);
            }
        })
        {
            Name = name,
            IsBackground = true,
        };
    }

    public void Start() => _thread.Start();

    /// <summary>Whether the stage runs no code now.</summary>
    public bool IsIdle => !_thread.IsAlive;

    /// <summary>Waits for the stage to end; one that was never started has.</summary>
    public bool Join(TimeSpan timeout) => _thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(timeout);
}
