using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Rows have the features of the model that scores the series and, where models are learned anew, those that it does not know yet behind them. With another
// model the features may be others: what is held back, the window and the watch of the data go over with it.
internal sealed partial class SeriesState
{
    // What several series share keeps its features.
    private readonly NewFeatures? _new = pipeline.IsShared || pipeline.Options.Training.Retrain is not { Every: not null } retrain
        ? null
        : new NewFeatures(pipeline.Options.MaxFeatures, retrain.NewNormalAfter.Ticks + pipeline.Options.Window.AllowedLateness.Ticks);

    /// <summary>Names of the features that the model does not know yet; replaced as a whole. Owned by the source's thread.</summary>
    public string[] NewNames => _new?.Names ?? [];

    /// <summary>Their newest values, behind the window that is being handed over; the last may be lacking. Owned by the source's thread.</summary>
    public ReadOnlySpan<double> NewValues => _new is null ? [] : _new.Values;

    /// <summary>The features that rows begin with.</summary>
    public FeatureSchema Schema => _model is { IsOfGroup: false } own ? own.Schema : Slot.Schema;

    /// <summary>Puts a sample into a row.</summary>
    /// <returns>Its width; 0 if it holds no value that is of use.</returns>
    private int Bind(DecodedSample sample, out int unknown)
    {
        if (_new is { Count: > 0 } && Slot.Phase == SlotPhase.Warming)
            Collect(_new);
        FeatureSchema schema = Schema;
        int width = schema.Bind(sample, ref _row, out unknown);
        // A message of nothing that the model knows is no more of a time step than before it was there: scored, it would be one too many.
        if (_new is null || unknown == 0 || width == 0 || Slot.Phase == SlotPhase.Warming)
            return width;
        bool any = _new.Bind(sample, schema, ref _row, mayPassOn: _backlog.IsEmpty);
        return any ? schema.Count + _new.Count : width;
    }

    /// <summary>No model came of what was collected: what is new meanwhile is part of what is collected further.</summary>
    private void Collect(NewFeatures more)
    {
        string[] before = [.. Schema.Names, .. more.Names];
        Slot.Schema.Restore(more.Names);
        more.Forget(more.Names);
        Arrange(before, Schema.Names);
    }

    /// <summary>The next model knows other features.</summary>
    private void ChangeFeatures(LiveModel model)
    {
        string[] layout = [.. Schema.Names, .. NewNames];
        IReadOnlyList<string> now = model.Scorer.Features;
        _window = (_new ?? new NewFeatures(0, 0)).Change(_window!, _model!.Scorer.Features, now);
        Arrange(layout, [.. now, .. NewNames]);
        _watch = _watch!.On(model.Quality, now, this);
    }

    private void Arrange(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        FeaturePlaces places = FeaturePlaces.Of(before, now);
        _reorder.Arrange(places);
        _backlog.Arrange(places);
    }
}
