namespace Detector.Worker.Deciding;

/// <summary>
/// Which alerts of a pipeline belong together: an episode that starts within the window of the group's newest start joins it while one of the group
/// is open. One thread.
/// </summary>
/// <param name="window">How far apart two starts may lie.</param>
internal sealed class GroupRegister(TimeSpan window)
{
    private string? _id;
    private long _newestTicks;
    private int _open;

    /// <summary>Finds the group of an episode that fires; its own id where it is the first.</summary>
    public string Join(string alertId, long startedTicks)
    {
        if (_id is null || _open == 0 || Math.Abs(startedTicks - _newestTicks) > window.Ticks)
        {
            (_id, _open, _newestTicks) = (alertId, 1, startedTicks);
            return alertId;
        }

        _open++;
        _newestTicks = Math.Max(_newestTicks, startedTicks);
        return _id;
    }

    /// <summary>An episode of a group is over.</summary>
    public void Leave(string? group)
    {
        if (group is not null && group == _id && _open > 0)
            _open--;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_id ?? "");
        writer.Write(_newestTicks);
        writer.Write(_open);
    }

    public void Load(BinaryReader reader)
    {
        _id = reader.ReadString() is { Length: > 0 } id ? id : null;
        _newestTicks = reader.ReadInt64();
        _open = reader.ReadInt32();
    }
}
