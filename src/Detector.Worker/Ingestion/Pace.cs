namespace Detector.Worker.Ingestion;

/// <summary>Spreads rows evenly over time, from the first one on.</summary>
internal sealed class Pace(double rowsPerSecond, TimeProvider clock)
{
    private long _start;
    private long _rows;

    /// <summary>Whether the next row is not due yet.</summary>
    public bool IsEarly => _rows > 0 && clock.GetElapsedTime(_start).TotalSeconds * rowsPerSecond < _rows;

    /// <summary>A row was handed over.</summary>
    public void Count()
    {
        if (_rows++ == 0)
            _start = clock.GetTimestamp();
    }
}
