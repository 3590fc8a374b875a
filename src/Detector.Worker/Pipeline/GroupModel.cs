using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Learning;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The model that new series of a pipeline are scored by until they have their own. It is learned from the first series whose warm-up is over, each around
/// its own means, when there are two of them, and again when there are twice as many. On the training thread, but for <see cref="Slot"/>.
/// </summary>
internal sealed partial class GroupModel(PipelineRuntime pipeline)
{
    private const int MostSeries = 8;
    private const int MostValues = 1 << 20; // of one series: 8 MiB

    private readonly List<GroupShare> _shares = [];
    private int _learnedFrom = 1;

    /// <summary>Its place among the models.</summary>
    public ModelSlot Slot { get; } = new(ArtifactManifest.GroupKey, pipeline.Options);

    /// <summary>Whether enough series have come since it was learned.</summary>
    public bool IsDue => _shares.Count >= 2 * _learnedFrom;

    /// <summary>Looks for the stored model, and for the shares that another one is to be learned from.</summary>
    public void Find()
    {
        LoadShares();
        if (pipeline.Find(Slot.Key) is not { } found)
            return;
        // Without the shares it stays as it is.
        if (_shares.Count == 0)
            _learnedFrom = MostSeries;
        Slot.Activate(pipeline.Live(found) with { IsOfGroup = true });
    }

    /// <summary>A stored version, to go on scoring with; null when there is none.</summary>
    public LiveModel? Version(string version) =>
        Slot.Model is { } model && model.Version == version ? model
        : pipeline.Load(Slot.Key, version, out _) is { } stored ? stored with { IsOfGroup = true } : null;

    /// <summary>Takes up what a series has collected, if it has the features of those before it.</summary>
    public void Add(SeriesState series)
    {
        IReadOnlyList<string> features = _shares.Count > 0 ? _shares[0].Features : series.Slot.Schema.Names;
        if (_learnedFrom < MostSeries && _shares.Count < MostSeries && series.Pool.Count > 0 && !_shares.Exists(known => known.Series == series.Key)
            && GroupShare.Of(series, features, MostValues) is { } share)
        {
            _shares.Add(share);
            SaveShares();
        }
    }

    /// <summary>Learns the model and puts it into service.</summary>
    /// <exception cref="TrainingException">The series yield no model.</exception>
    /// <exception cref="IOException">The artifact cannot be written.</exception>
    public LearnedModel Learn(IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        _learnedFrom = _shares.Count;
        if (!SamplingPeriod.TryMeasure(_shares[0].Ticks, out long measured))
            throw new TrainingException("The series of the group have no two samples at different times; check Decode:Timestamp.");
        WindowShape shape = WindowShape.From(pipeline.Options.Window, measured);
        var data = new GroupReplay(shape, [.. _shares]);
        var meter = new BaselineMeter(data.Features.Count);
        foreach (GroupShare share in _shares)
        {
            meter.NextSeries();
            for (int i = 0; i < share.Ticks.Length; i++)
                meter.Add(share.Ticks[i], share.Row(i));
        }

        TimeSpan window = TimeSpan.FromTicks(shape.Rows * shape.PeriodTicks), mergeGap = pipeline.Options.Alert.MergeGap;
        LearnedModel learned = pipeline.Learner.Learn(
            Slot.Key, data, shape.PeriodTicks, mergeGap > window ? mergeGap : window, meter.Measure(), progress, cancel);
        Slot.Activate(pipeline.Live(learned) with { IsOfGroup = true });
        if (_learnedFrom >= MostSeries)
            _shares.Clear();
        SaveShares();
        return learned;
    }
}
