using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

// What changes while running, in a snapshot. What was calibrated comes with the model.
internal sealed partial class EpisodeModel
{
    public void Save(BinaryWriter writer)
    {
        writer.Write(_calibrated.CalibrationEnd);
        writer.Write(_clock);
        writer.Write(_windowStart);
        writer.Write(_fittedAt);
        writer.Write(_normal);
        writer.Write(_lastTicks.HasValue);
        writer.Write(_lastTicks ?? 0);
        writer.Write(_open.HasValue);
        if (_open is { } open)
        {
            writer.Write(open.StartTicks);
            writer.Write(open.LastTicks);
            writer.Write(open.Peak);
            writer.Write(open.Flagged);
        }

        writer.Write(_tail.HasValue);
        if (_tail is { } tail)
        {
            Write(writer, tail.Near);
            Write(writer, tail.Far);
            writer.Write(tail.Join);
        }

        writer.Write(_peaks.Count);
        for (var i = 0; i < _peaks.Count; i++)
        {
            writer.Write(_peaks[i]);
            writer.Write(_peakClocks[i]);
        }

        writer.Write(_flaggedClocks.Count);
        for (var i = 0; i < _flaggedClocks.Count; i++)
        {
            writer.Write(_flaggedPeaks[i]);
            writer.Write(_flaggedClocks[i]);
        }
    }

    public void Load(BinaryReader reader)
    {
        var end = reader.ReadInt64();
        if (end != _calibrated.CalibrationEnd)
            throw new InvalidDataException($"The saved threshold was calibrated up to {end}, the one in service up to {_calibrated.CalibrationEnd}.");
        _clock = reader.ReadInt64();
        _windowStart = reader.ReadInt64();
        _fittedAt = reader.ReadInt64();
        _normal = reader.ReadDouble();
        var seen = reader.ReadBoolean();
        var ticks = reader.ReadInt64();
        _lastTicks = seen ? ticks : null;
        _open = reader.ReadBoolean() ? new OpenCluster(reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadBoolean()) : null;
        _tail = reader.ReadBoolean() ? new PeakTail(ReadPareto(reader), ReadPareto(reader), reader.ReadDouble()) : null;
        _peaks.Clear();
        _peakClocks.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _peaks.Add(reader.ReadDouble());
            _peakClocks.Add(reader.ReadInt64());
        }

        _flaggedPeaks.Clear();
        _flaggedClocks.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _flaggedPeaks.Add(reader.ReadDouble());
            _flaggedClocks.Add(reader.ReadInt64());
        }
    }

    private static void Write(BinaryWriter writer, GeneralizedPareto pareto)
    {
        writer.Write(pareto.Shape);
        writer.Write(pareto.Scale);
    }

    private static GeneralizedPareto ReadPareto(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble());
}
