using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>
/// Runs a model over its own training range as it will run over a stream, and measures what normal looks like: the tail of every view's errors, the
/// scores, and the noise around expected values. The networks know the windows they learned from, so that the errors of these are too small: they
/// are raised by as much as the held-out windows' median lies above theirs, and then count too, for the held-out ones alone are few.
/// </summary>
internal sealed class Calibration
{
    /// <summary>A network whose held-out errors are so many times those of training has memorised it; no more is believed.</summary>
    private const double MaxRaise = 20;

    /// <summary>Least standard deviation of a feature around its expected value, in scaled units.</summary>
    private const double NoiseFloor = 0.05;

    private readonly AnomalyModel _model;
    private readonly TrainingWindows _windows;
    private readonly int _views;
    private readonly float[] _errors; // (windows, views × spans), those for training first
    private readonly bool[] _restarted; // (windows)
    private readonly double[] _squares; // (F), of held-out newest rows against what was expected
    private readonly long[] _counts; // (F)

    private Calibration(AnomalyModel model, TrainingWindows windows)
    {
        _model = model;
        _windows = windows;
        _views = model.Views.Count;
        _errors = new float[Count * Columns];
        _restarted = new bool[Count];
        _squares = new double[model.Dimensions.Features];
        _counts = new long[model.Dimensions.Features];
    }

    private int Count => _windows.Training.Count + _windows.Validation.Count;

    private int Columns => _views * ScoreView.Spans;

    /// <summary>Sets the time scales and tails of the model's views, and its noise.</summary>
    /// <returns>Scores of the whole range.</returns>
    public static NormalScores Complete(AnomalyModel model, TrainingWindows windows)
    {
        var calibration = new Calibration(model, windows);
        calibration.Replay();
        for (int view = 0; view < calibration._views; view++)
            calibration.ChooseTimeScale(view);
        for (int column = 0; column < calibration.Columns; column++)
            model.Views[column / ScoreView.Spans].Tails[column % ScoreView.Spans] = calibration.FitTail(column);
        for (int f = 0; f < model.Dimensions.Features; f++)
            model.NoiseTable[f] = (float)Math.Max(NoiseFloor, Math.Sqrt(calibration._squares[f] / Math.Max(1, calibration._counts[f])));
        return calibration.Scores();
    }

    private void Replay()
    {
        var memories = new Dictionary<int, (SeriesMemory Memory, long Newest)>();
        Replay(_windows.Training, 0, memories, held: false);
        Replay(_windows.Validation, _windows.Training.Count, memories, held: true);
        foreach (SeriesMemory memory in memories.OrderBy(pair => pair.Key).Select(pair => pair.Value.Memory))
            _model.Learn(memory);
    }

    private void Replay(WindowSet set, int offset, Dictionary<int, (SeriesMemory Memory, long Newest)> memories, bool held)
    {
        using var tile = new ScoringWorkspace(_model.Dimensions, _model.TileRows);
        int done = 0;
        for (int i = 0; i < set.Count; i++)
        {
            int segment = set.Segments[i];
            bool isKnown = memories.TryGetValue(segment, out (SeriesMemory Memory, long Newest) series);
            if (!isKnown)
                series.Memory = _model.CreateMemory();
            if (isKnown && Missing(set.Ticks[i] - series.Newest) is >= 1 and double missing)
            {
                Score();
                _model.Pass(series.Memory, set.Window(i), missing);
            }

            // A hole begins nothing anew: a pool has many, a stream hardly any, and means that have just begun are far from what they are in between.
            _restarted[offset + i] = i == 0 || !isKnown;
            memories[segment] = (series.Memory, set.Ticks[i]);
            tile.AddScaled(set.Window(i), set.Observed(i), series.Memory, _restarted[offset + i]);
            if (tile.IsFull)
                Score();
        }

        Score();

        void Score()
        {
            int start = offset + done;
            _model.Score(tile, (view, index, shares) => Keep(view, start + index, shares));
            for (int j = 0; held && j < tile.Count; j++)
                AddNoise(tile.Window(j), tile.Observed(j), tile.Expected(j));
            done += tile.Count;
            tile.Clear();
        }
    }

    /// <summary>Rows that are in none of two windows so far apart.</summary>
    private double Missing(long ticksApart) => (double)ticksApart / _windows.RowTicks - _model.Dimensions.Rows;

    private void Keep(int view, int window, ReadOnlySpan<float> shares)
    {
        for (int span = 0; span < ScoreView.Spans; span++)
            _errors[window * Columns + view * ScoreView.Spans + span] = (float)_model.Views[view].Error(shares, span);
    }

    private void AddNoise(ReadOnlySpan<float> window, ReadOnlySpan<float> observed, ReadOnlySpan<float> expected)
    {
        int features = expected.Length;
        for (int f = 0; f < features; f++)
        {
            if (!observed.IsEmpty && observed[^(features - f)] == 0)
                continue;
            double error = window[^(features - f)] - expected[f];
            _squares[f] += error * error;
            _counts[f]++;
        }
    }

    /// <summary>Chooses over how many rows a view takes its mean, and puts the errors of that in the place of those of the shortest.</summary>
    private void ChooseTimeScale(int view)
    {
        if (!_model.Views[view].Averages)
            return;
        int column = view * ScoreView.Spans;
        (int rows, double[] means) = TimeScale.Choose(Column(column, 0, Count), _restarted, _windows.Training.Count);
        if (rows == _model.Views[view].MeanRows)
            return;
        _model.Views[view].MeanRows = rows;
        for (int i = 0; i < Count; i++)
            _errors[i * Columns + column + 1] = (float)means[i];
    }

    private ErrorTail FitTail(int column)
    {
        int learned = _windows.Training.Count;
        double[] seen = Column(column, 0, learned), held = Column(column, learned, Count);
        double raise = !_model.Views[column / ScoreView.Spans].Memorises ? 1 : Math.Clamp(Quantiles.Median(held) / Math.Max(Quantiles.Median(seen), 1e-12), 1, MaxRaise);
        for (int i = 0; i < learned; i++)
            _errors[i * Columns + column] *= (float)raise;
        return ErrorTail.Fit(Column(column, 0, Count), held);
    }

    private double[] Column(int column, int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => (double)_errors[i * Columns + column])];

    private NormalScores Scores()
    {
        double[] scores = new double[Count];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int v = 0; v < _views; v++)
                scores[i] += _model.Weights[v] * _model.Views[v].Score(_errors.AsSpan(i * Columns + v * ScoreView.Spans, ScoreView.Spans));
        }

        // The two parts of a series do not touch.
        return new NormalScores(
            scores,
            [.. _windows.Training.Ticks, .. _windows.Validation.Ticks],
            [.. _windows.Training.Segments.ToArray().Select(segment => 2 * segment), .. _windows.Validation.Segments.ToArray().Select(segment => 2 * segment + 1)],
            _windows.Training.Count);
    }
}
