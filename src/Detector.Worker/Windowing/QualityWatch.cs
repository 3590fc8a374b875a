using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>
/// Watches the data of one series for what is no matter of the process: silence, stuck sensors, features that stay away or are new. Judged by event
/// time, so that a replay finds the same; only a source that has fallen silent as a whole is judged by the clock. Owned by one thread; allocates
/// only when it finds something.
/// </summary>
internal sealed partial class QualityWatch
{
    /// <summary>Unknown features that are told of one series at most: a message whose names are made up must not fill the memory.</summary>
    public const int MaxNewFeatures = 16;

    private readonly QualityLimits _limits;
    private readonly IReadOnlyList<string> _names;
    private readonly double[] _values;
    private readonly long[] _runStarts;
    private readonly long[] _lastSeen;
    private readonly long[] _wrongTypes;
    private readonly Fault[] _faults;
    private readonly List<byte[]> _newFeatures = [];
    private long _newestTicks = long.MinValue;

    /// <param name="features">Names, in the order of the rows.</param>
    public QualityWatch(QualityLimits limits, IReadOnlyList<string> features)
    {
        _limits = limits;
        _names = features;
        _values = new double[features.Count];
        _runStarts = new long[features.Count];
        _lastSeen = new long[features.Count];
        _wrongTypes = new long[features.Count];
        _faults = new Fault[features.Count];
    }

    private enum Fault : byte
    {
        None,
        Stuck,
        Missing,
        WrongType,
    }

    /// <summary>Time without a sample after which the series is silent.</summary>
    public long SilentTicks => _limits.SilentTicks;

    /// <summary>Whether the series is silent.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Takes the next sample in order of event time.</summary>
    /// <param name="row">One value a feature, NaN where missing.</param>
    public void Observe(long ticks, ReadOnlySpan<double> row, IQualitySignals signals)
    {
        if (_newestTicks == long.MinValue)
        {
            Restart(ticks);
            _newestTicks = ticks;
        }

        long gap = ticks - _newestTicks;
        if (IsSilent || gap > _limits.SilentTicks)
            EndSilence(ticks, signals);
        if (gap > _limits.MaxGapTicks)
            Restart(ticks);
        _newestTicks = ticks;
        for (int i = 0; i < _values.Length; i++)
        {
            double value = row[i];
            if (double.IsNaN(value))
            {
                if (ticks - _lastSeen[i] > _limits.MissingTicks[i] && _faults[i] == Fault.None)
                    Miss(i, ticks, signals);
                continue;
            }

            if (_faults[i] >= Fault.Missing)
            {
                End(i, ticks, signals);
                _values[i] = double.NaN;
            }

            _lastSeen[i] = ticks;
            if (value != _values[i])
            {
                if (_faults[i] == Fault.Stuck)
                    End(i, ticks, signals);
                _values[i] = value;
                _runStarts[i] = ticks;
            }
            else if (ticks - _runStarts[i] > _limits.StuckTicks[i] && _faults[i] == Fault.None)
            {
                _faults[i] = Fault.Stuck;
                signals.Accept(new QualitySignal(QualityReason.Stuck, false, _runStarts[i], ticks, _names[i], value));
            }
        }
    }

    /// <summary>Notes that a feature came with something that is no number.</summary>
    public void SeeWrongType(int feature, long ticks) => _wrongTypes[feature] = Math.Max(_wrongTypes[feature], ticks);

    /// <summary>Notes a feature that the model does not know. It begins and is over at once: there is nothing to wait for.</summary>
    public void SeeNew(ReadOnlySpan<byte> name, long ticks, IQualitySignals signals)
    {
        if (!_limits.NewFeatures || _newFeatures.Count >= MaxNewFeatures)
            return;
        foreach (byte[] known in _newFeatures)
        {
            if (name.SequenceEqual(known))
                return;
        }

        _newFeatures.Add(name.ToArray());
        string feature = Encoding.UTF8.GetString(name);
        signals.Accept(new QualitySignal(QualityReason.FeatureNew, false, ticks, ticks, feature));
        signals.Accept(new QualitySignal(QualityReason.FeatureNew, true, ticks, ticks, feature));
    }

    /// <summary>The series has sent nothing for longer than it may. Found at the event time at which it became silence, whenever that was noticed.</summary>
    public void BeginSilence(IQualitySignals signals)
    {
        if (IsSilent || _newestTicks == long.MinValue)
            return;
        IsSilent = true;
        signals.Accept(new QualitySignal(QualityReason.Silent, false, _newestTicks, _newestTicks + _limits.SilentTicks));
    }

    private void EndSilence(long ticks, IQualitySignals signals)
    {
        BeginSilence(signals);
        IsSilent = false;
        signals.Accept(new QualitySignal(QualityReason.Silent, true, _newestTicks, ticks));
    }

    private void Miss(int feature, long ticks, IQualitySignals signals)
    {
        bool wrong = _wrongTypes[feature] > _lastSeen[feature];
        _faults[feature] = wrong ? Fault.WrongType : Fault.Missing;
        signals.Accept(new QualitySignal(Reason(_faults[feature]), false, _lastSeen[feature], ticks, _names[feature]));
    }

    private void End(int feature, long ticks, IQualitySignals signals)
    {
        Fault fault = _faults[feature];
        _faults[feature] = Fault.None;
        long started = fault == Fault.Stuck ? _runStarts[feature] : _lastSeen[feature];
        signals.Accept(new QualitySignal(Reason(fault), true, started, ticks, _names[feature], fault == Fault.Stuck ? _values[feature] : double.NaN));
    }

    /// <summary>Begins anew after a gap, of which nothing is known; what has been told stays until it is over.</summary>
    private void Restart(long ticks)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_faults[i] != Fault.None)
                continue;
            _values[i] = double.NaN;
            _runStarts[i] = ticks;
            _lastSeen[i] = ticks;
        }
    }

    private static QualityReason Reason(Fault fault) => fault switch
    {
        Fault.Stuck => QualityReason.Stuck,
        Fault.WrongType => QualityReason.WrongType,
        _ => QualityReason.FeatureMissing,
    };
}
