using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>What happened in one series in one bucket of time.</summary>
internal sealed class LogBucket
{
    private int[] _counts = [];
    private double[] _sums = [];
    private int[] _numbers = [];
    private int _errors;
    private int _warnings;
    private int _new;
    private int _rare;
    private int _other;
    private int _transitions;
    private long _longestGap;

    public int Lines { get; private set; }

    /// <summary>Lines of each template that is a feature.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    public void Clear(int slots)
    {
        if (_counts.Length != slots)
        {
            _counts = new int[slots];
            _sums = new double[2 * slots];
            _numbers = new int[2 * slots];
        }

        Array.Clear(_counts);
        Array.Clear(_sums);
        Array.Clear(_numbers);
        (Lines, _errors, _warnings, _new, _rare, _other, _transitions, _longestGap) = (0, 0, 0, 0, 0, 0, 0, 0);
    }

    public void Add(in LogRecord record, bool newTransition, long gap, ReadOnlySpan<double> numbers)
    {
        Lines++;
        _errors += record.Level >= LogSeverity.Error ? 1 : 0;
        _warnings += record.Level == LogSeverity.Warning ? 1 : 0;
        _new += record.IsNew ? 1 : 0;
        _rare += record.IsRare ? 1 : 0;
        _transitions += newTransition ? 1 : 0;
        _longestGap = Math.Max(_longestGap, gap);
        int slot = record.Template.Slot;
        if ((uint)slot >= (uint)_counts.Length)
        {
            _other++;
            return;
        }

        _counts[slot]++;
        for (int i = 0; i < Math.Min(2, numbers.Length); i++)
        {
            _sums[2 * slot + i] += numbers[i];
            _numbers[2 * slot + i]++;
        }
    }

    public void Save(BinaryWriter writer)
    {
        foreach (int count in (ReadOnlySpan<int>)[Lines, _errors, _warnings, _new, _rare, _other, _transitions])
            writer.Write(count);
        writer.Write(_longestGap);
        writer.Write<int>(_counts);
        writer.Write<double>(_sums);
        writer.Write<int>(_numbers);
    }

    public void Load(BinaryReader reader)
    {
        Lines = reader.ReadInt32();
        _errors = reader.ReadInt32();
        _warnings = reader.ReadInt32();
        _new = reader.ReadInt32();
        _rare = reader.ReadInt32();
        _other = reader.ReadInt32();
        _transitions = reader.ReadInt32();
        _longestGap = reader.ReadInt64();
        _counts = reader.ReadArray<int>();
        _sums = reader.ReadArray<double>();
        _numbers = reader.ReadArray<int>();
    }

    /// <summary>Writes the bucket as features.</summary>
    /// <param name="missingHeartbeats">Templates that came in nearly every bucket, and not in this one.</param>
    public void Write(DecodedSample sample, LogSlots slots, int missingHeartbeats, bool parameters)
    {
        sample.Add(LogFeatures.Lines, Lines);
        sample.Add(LogFeatures.New, _new);
        sample.Add(LogFeatures.Rare, _rare);
        sample.Add(LogFeatures.Other, _other);
        sample.Add(LogFeatures.Errors, _errors);
        sample.Add(LogFeatures.Warnings, _warnings);
        sample.Add(LogFeatures.Gap, (double)_longestGap / TimeSpan.TicksPerSecond);
        sample.Add(LogFeatures.Transitions, _transitions);
        sample.Add(LogFeatures.Heartbeats, missingHeartbeats);
        for (int slot = 0; slot < _counts.Length; slot++)
            sample.Add(slots.Name(slot), _counts[slot]);
        for (int i = 0; parameters && i < _sums.Length; i++)
        {
            if (_numbers[i] > 0)
                sample.Add(slots.ParameterName(i), _sums[i] / _numbers[i]);
            else
                sample.AddMissing(slots.ParameterName(i));
        }
    }
}
