using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

// Features that come and go: the pools have those of the model and, behind them, those that it does not know yet.
internal sealed partial class SeriesLearning
{
    /// <summary>Of a full pool, the part that a new feature must have before it is learned.</summary>
    private const int PartOfPool = 4;

    private readonly FeatureWatch _come;
    private string[] _newNames = [];
    private double[] _row = []; // of the pools, where there are new features
    private bool _hasChanged; // the features of the model, since the latest review

    /// <summary>Time for which a new feature must have been there: as long as a first training needs, and as long as any new normal is asked about.</summary>
    private static TimeSpan LearnAfter(TrainingOptions training) =>
        training.Warmup == TrainingOptions.Endless || training.Warmup < training.Retrain.NewNormalAfter ? training.Retrain.NewNormalAfter : training.Warmup;

    /// <summary>Takes up which features come that the model does not know.</summary>
    private void Follow(string[] newNames)
    {
        if (ReferenceEquals(newNames, _newNames))
            return;
        bool isSame = newNames.AsSpan().SequenceEqual(_newNames);
        _newNames = newNames;
        if (!isSame)
            Rearrange(_features, _baseline);
    }

    /// <summary>The sample in the order of the pools.</summary>
    private ReadOnlySpan<double> Row(ReadOnlySpan<double> known, ReadOnlySpan<double> more)
    {
        int width = _come.Names.Count;
        if (width == known.Length)
            return known;
        if (_row.Length != width)
            _row = new double[width];
        known.CopyTo(_row);
        _row.AsSpan(known.Length).Fill(double.NaN);
        more[..Math.Min(more.Length, width - known.Length)].CopyTo(_row.AsSpan(known.Length));
        return _row;
    }

    /// <summary>The features of the model, or those that it does not know, are others.</summary>
    private void Rearrange(IReadOnlyList<string> features, StreamBaseline? baseline)
    {
        IReadOnlyList<string> before = _come.Names;
        _come.Use(features, _newNames, baseline, _latest);
        int[] places = FeaturePlaces.Find(_come.Names, before);
        (_pool, _shifted, _suspect) = (_pool.On(places), _shifted.On(places), _suspect.On(places));
        if (features.SequenceEqual(_features))
            return;
        int[] own = FeaturePlaces.Find(features, _features);
        _episodes.Rearrange(own);
        _recurrence.Rearrange(own);
        _known.Rearrange(own);
        _direction = new Deciding.Direction(features.Count);
        (long[] ticks, double[] rows) = Known(features.Count);
        _drift = _drift.On(features, rows, ticks);
        (_features, _baseline, _hasChanged) = (features, baseline, true);
    }

    /// <summary>What the pool holds of the features of the model.</summary>
    private (long[] Ticks, double[] Rows) Known(int features, long since = 0)
    {
        (long[] ticks, double[] rows) = _pool.Copy(since);
        int width = _come.Names.Count;
        if (width == features)
            return (ticks, rows);
        double[] known = new double[ticks.Length * features];
        for (int i = 0; i < ticks.Length; i++)
            rows.AsSpan(i * width, features).CopyTo(known.AsSpan(i * features));
        return (ticks, known);
    }

    /// <summary>Asks about features that come and go, and has a model with others learned once that is answered.</summary>
    private void ReviewFeatures(long ticks, List<DriftSignal> found, List<DriftReason> answered)
    {
        if (_come.Review() is { } signal)
            found.Add(signal);
        // Learned, or let go: what is left is another question.
        if (_hasChanged)
            answered.Add(DriftReason.Shape);
        _hasChanged = false;
        FeedbackVerdict? verdict = _judge.OpenId(DriftReason.Shape) is { } id ? _feedback.VerdictOn(id) : null;
        if (_come.Answer(ticks, verdict, since => _pool.Copy(since).Ticks.Length >= Math.Max(LeastRows, _options.PoolRows / PartOfPool)))
            (_wanted, _inVain) = (ModelDecision.Features, 0);
        if (_wanted == ModelDecision.Features && !_come.HasAccepted)
            _wanted = "";
    }
}
