using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The place of one model: what it learns from while there is none, and the model once there is one. With <c>Scope: series</c> each series has
/// a slot of its own, with <c>Scope: pipeline</c> all share one. Safe for several source threads and the training thread.
/// </summary>
internal sealed partial class ModelSlot(string key, PipelineOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<SeriesState> _members = [];
    private TimeSpan _warmup = options.Training.Warmup;
    private int _minSamples = options.Training.MinSamples;
    private volatile SlotPhase _phase = SlotPhase.Warming;
    private volatile LiveModel? _model;
    private volatile ModelCommand? _command;

    /// <summary>Series key, or <c>*</c> for the model of a whole pipeline.</summary>
    public string Key { get; } = key;

    public FeatureSchema Schema { get; } = new(options.MaxFeatures);

    /// <summary>May be read by any thread; changes under the lock.</summary>
    public SlotPhase Phase => _phase;

    /// <summary>The model in service, null until there is one.</summary>
    public LiveModel? Model => _model;

    /// <summary>A model that somebody has put into service; each series takes it up at its next window. Any thread.</summary>
    public ModelCommand? Command
    {
        get => _command;
        set => _command = value;
    }

    /// <summary>The only series has taken a commanded model up: what is decided from now on counts.</summary>
    public void Obeyed(ModelCommand command) => Interlocked.CompareExchange(ref _command, null, command);

    /// <summary>A training of a challenger that a restart has interrupted; taken by who has restored the series.</summary>
    public Challenge? Interrupted { get; set; }

    /// <summary>A series has changed over to another model.</summary>
    public void Serve(LiveModel model)
    {
        lock (_lock)
        {
            Schema.Freeze(model.Scorer.Features);
            _model = model;
        }
    }

    public void Join(SeriesState series)
    {
        lock (_lock)
            _members.Add(series);
    }

    /// <summary>Offers a sample to learn from.</summary>
    /// <param name="complete">True for the one sample that finds the collection complete; the caller has the model trained.</param>
    /// <returns>Whether the sample was taken; if not, it is to be scored once there is a model.</returns>
    public bool TryLearn(SeriesState series, long ticks, ReadOnlySpan<double> row, out bool complete)
    {
        complete = false;
        lock (_lock)
        {
            if (Phase != SlotPhase.Warming)
                return false;
            if (!IsComplete(series, ticks))
            {
                series.Pool.Add(ticks, row);
                return true;
            }

            complete = true;
            _phase = SlotPhase.Training;
            Schema.Freeze();
            return false;
        }
    }

    /// <summary>Event time that is missing until the collection is complete, as far as the sample rate lets it be told.</summary>
    public TimeSpan Remaining()
    {
        lock (_lock)
        {
            if (Phase != SlotPhase.Warming)
                return TimeSpan.Zero;
            TimeSpan longest = _members.Count == 0 ? TimeSpan.Zero : _members.Max(series => series.Pool.Span);
            return longest < _warmup ? _warmup - longest : TimeSpan.Zero;
        }
    }

    /// <summary>The series and their pools, which nobody changes while the slot is training.</summary>
    public IReadOnlyList<SeriesState> Members()
    {
        lock (_lock)
            return [.. _members];
    }

    /// <summary>Ends the collection at once, whatever it holds.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _phase = SlotPhase.Training;
            Schema.Freeze();
        }
    }

    /// <summary>Puts a model into service and tells every series.</summary>
    public void Activate(LiveModel model)
    {
        lock (_lock)
        {
            Schema.Freeze(model.Scorer.Features);
            _model = model;
            _phase = SlotPhase.Active;
            foreach (SeriesState series in _members)
                series.NotifyModelReady();
        }
    }

    /// <summary>
    /// Goes on collecting, half as long again, after a training that yielded no model. A full collection forgets its older half, so that the next
    /// attempt is not made on the same samples.
    /// </summary>
    public void Extend()
    {
        lock (_lock)
        {
            _warmup *= 1.5;
            _minSamples += _minSamples / 2;
            _phase = SlotPhase.Warming; // before the features grow: see SeriesState.Bind
            Schema.Thaw();
            foreach (SeriesState series in _members)
            {
                if (series.Pool.IsFull)
                    series.Pool.ForgetHalf();
                series.NotifyModelReady();
            }
        }
    }

    /// <summary>
    /// Complete once the series that asks has been watched long enough, and with it every other one; those that have fallen silent are
    /// waited for half as long again.
    /// </summary>
    private bool IsComplete(SeriesState series, long ticks)
    {
        if (_warmup == TrainingOptions.Endless || !IsComplete(series.Pool, ticks, _warmup))
            return false;
        return _members.TrueForAll(member => member == series || IsComplete(member.Pool, ticks, _warmup)) ||
            IsComplete(series.Pool, ticks, _warmup * 1.5);
    }

    private bool IsComplete(WarmupPool pool, long ticks, TimeSpan warmup) =>
        pool.IsFull || (pool.Count > 0 && pool.Count >= _minSamples && ticks - pool.FirstTicks >= warmup.Ticks);
}
