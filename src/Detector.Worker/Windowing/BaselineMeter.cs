using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>Measures how the samples of a model's series come: gaps, absences and repetitions.</summary>
internal sealed class BaselineMeter(int features)
{
    /// <summary>A feature with no more values than this is a state, a mode or a counter of few steps.</summary>
    private const int DiscreteValues = 16;

    /// <summary>A feature that changes at fewer than one in so many samples changes rarely.</summary>
    private const int RareChange = 20;

    private readonly Feature[] _features = [.. Enumerable.Range(0, features).Select(_ => new Feature())];
    private long _previousTicks;
    private long _longestGap;
    private bool _started;

    /// <summary>The next samples are of another series.</summary>
    public void NextSeries()
    {
        _started = false;
        foreach (Feature feature in _features)
            feature.EndSeries();
    }

    /// <summary>Takes the next sample of a series, in order of event time.</summary>
    /// <param name="row">One value a feature, NaN where missing.</param>
    public void Add(long ticks, ReadOnlySpan<double> row)
    {
        if (_started)
            _longestGap = Math.Max(_longestGap, ticks - _previousTicks);
        _previousTicks = ticks;
        _started = true;
        for (int i = 0; i < _features.Length; i++)
        {
            if (!double.IsNaN(row[i]))
                _features[i].Add(ticks, row[i]);
        }
    }

    public StreamBaseline Measure() => new(_longestGap, [.. _features.Select(feature => feature.Measure())]);

    private sealed class Feature
    {
        private readonly HashSet<double> _values = [];
        private long _firstTicks;
        private long _lastTicks;
        private long _runStart;
        private double _last = double.NaN;
        private long _longestRun;
        private long _longestAbsence;
        private long _span;
        private int _samples;
        private int _changes;

        public void Add(long ticks, double value)
        {
            _samples++;
            if (_values.Count <= DiscreteValues)
                _values.Add(value);
            if (double.IsNaN(_last))
            {
                _firstTicks = _runStart = ticks;
            }
            else
            {
                _longestAbsence = Math.Max(_longestAbsence, ticks - _lastTicks);
                if (value != _last)
                {
                    _changes++;
                    _runStart = ticks;
                }

                _longestRun = Math.Max(_longestRun, ticks - _runStart);
            }

            _lastTicks = ticks;
            _last = value;
        }

        public void EndSeries()
        {
            if (!double.IsNaN(_last))
                _span += _lastTicks - _firstTicks;
            _last = double.NaN;
        }

        public FeatureBaseline Measure()
        {
            EndSeries();
            bool varies = _values.Count > DiscreteValues && _changes >= _samples / RareChange && _longestRun <= _span / RareChange;
            return new FeatureBaseline(_longestRun, _samples == 0 ? null : _longestAbsence, varies);
        }
    }
}
