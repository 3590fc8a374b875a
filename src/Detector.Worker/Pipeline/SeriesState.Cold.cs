using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

// A series that has no model yet is scored by that of its group, while it goes on collecting what its own is learned from.
internal sealed partial class SeriesState
{
    /// <summary>Share of the stated rate of false alarms that holds meanwhile: what is normal of this series is hardly known.</summary>
    private const double ColdShare = 0.1;

    private ColdStart? _cold;
    private SeriesLearning? _beginning; // of its own model, until the deciding thread comes to that
    private bool _hasBegun; // whether a window has gone to the model in service

    /// <summary>Samples before this are history: learned from, never judged. UTC ticks; set before the first sample. Owned by the source's thread.</summary>
    public long QuietUntil { get; set; }

    /// <summary>Scores a sample that was collected.</summary>
    /// <returns>False when there is no such model, or no window yet.</returns>
    private bool TryScoreCold(long ticks, ReadOnlySpan<double> row, Receipt receipt, long arrival, ISeriesOutput output)
    {
        WindowStep step = WindowStep.None;
        if (_cold is { } cold)
        {
            if (cold.TryRefit(Pool))
                _model = cold.Model;
            step = _window!.Add(ticks, cold.Arrange(row));
        }
        else
        {
            if (ticks < QuietUntil || Pipeline.Group?.Slot.Model is not { } group || ColdStart.TryBegin(group, Slot.Schema, Pool, Pool.Count) is not { } begun)
                return false;
            Use(begun.Model, null);
            _cold = begun;
            for (int i = 0; i < Pool.Count; i++)
                step = _window!.Add(Pool.Ticks[i], begun.Arrange(Pool, i));
        }

        _restarted |= (step & WindowStep.Restarted) != 0;
        if ((step & WindowStep.Ready) == 0)
            return false;
        output.Score(this, _model!, _window!.Window, ticks, receipt, arrival);
        _passedTicks = ticks;
        return true;
    }

    /// <summary>
    /// Its own model is there, and scores from the next sample on. What is on its way still belongs to the one before; the other stages change over when
    /// the first window of the new one comes by.
    /// </summary>
    private void TakeOver(LiveModel own)
    {
        _cold = null;
        _window = new WindowBuffer(own.Shape, own.Scorer.Features.Count);
        _new?.Restart();
        _watch = new QualityWatch(own.Quality, own.Scorer.Features);
        _beginning = BeginReviews(own, Pool);
        GoOnFromPool(own);
        _hasBegun = false;
        Change(own);
    }

    /// <summary>The means of the series have been taken anew. On the deciding thread.</summary>
    private void Rescale(LiveModel model)
    {
        SeriesJudge before = _judge!;
        Judged = model;
        SeriesJudge judge = CreateJudge(model);
        using var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        before.Save(writer);
        writer.Flush();
        state.Position = 0;
        using var reader = new BinaryReader(state);
        judge.Load(reader);
        _judge = judge;
    }

    /// <summary>The first window of its own model has come. On the deciding thread.</summary>
    private void BeginOwn(LiveModel model)
    {
        Learning = _beginning;
        _beginning = null;
        History = Pipeline.History?.Create(model.Scorer.Features.Count, Pipeline.Series.Count);
    }

    /// <summary>Goes on as it was saved, with a model of its group.</summary>
    /// <returns>Null where that is kept no longer.</returns>
    private LiveModel? ResumeCold(string version, int samples)
    {
        if (Pipeline.Group?.Version(version) is not { } group || ColdStart.TryBegin(group, Slot.Schema, Pool, Math.Min(samples, Pool.Count)) is not { } cold)
            return null;
        _cold = cold;
        return cold.Model;
    }
}
