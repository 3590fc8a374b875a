namespace Detector.Worker.Deciding.Maintenance;

/// <summary>Whether one series is under maintenance, asked sample by sample: the last answer is kept for as long as it holds. One thread.</summary>
internal sealed class MaintenanceWatch(MaintenanceSchedule schedule, string pipeline, string series)
{
    private int _version = -1;
    private long _from;
    private long _to;
    private bool _covered;

    public bool Covers(long ticks)
    {
        int version = schedule.Version;
        if (version != _version || ticks < _from || ticks >= _to)
        {
            _covered = schedule.Covers(pipeline, series, ticks, out _from, out _to);
            _version = version;
        }

        return _covered;
    }
}
