using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Rows have the features of the model that scores the series and, where models are learned anew, those that it does not know yet behind them. With another
// model the features may be others: what is held back, the window and the watch of the data go over with it.
internal sealed partial class SeriesState
{
    private NewFeatures? _new; // null where nothing is learned of them

    /// <summary>Names of the features that the model does not know yet; replaced as a whole. Owned by the source's thread.</summary>
    public string[] NewNames => _new?.Names ?? [];

    /// <summary>Their newest values, behind the window that is being handed over; the last may be lacking. Owned by the source's thread.</summary>
    public ReadOnlySpan<double> NewValues => _new is null ? [] : _new.Values;

    /// <summary>The features that rows begin with.</summary>
    private FeatureSchema Schema => _model is { IsOfGroup: false } own ? own.Schema : Slot.Schema;

    /// <summary>Names of what a row holds.</summary>
    public IReadOnlyList<string> Layout => _new is { Count: > 0 } more ? [.. Schema.Names, .. more.Names] : Schema.Names;

    /// <summary>Puts a sample into a row.</summary>
    /// <returns>Its width; 0 if it holds no value that is of use.</returns>
    private int Bind(DecodedSample sample, out int unknown)
    {
        FeatureSchema schema = Schema;
        int width = schema.Bind(sample, ref _row, out unknown);
        if (_new is not { } more)
            return width;
        bool any = unknown > 0 && more.Bind(sample, schema, ref _row);
        return width > 0 || any ? schema.Count + (any ? more.Count : 0) : 0;
    }

    /// <summary>Where its own model is learned anew from its own samples, features that it does not know are collected.</summary>
    private NewFeatures? CollectNew(LiveModel model) => model.IsOfGroup || Pipeline.IsShared || Pipeline.Options.Training.Retrain is not { Every: not null } options
        ? null
        : new NewFeatures(
            Math.Clamp(Pipeline.Options.MaxFeatures - model.Schema.Count, 0, NewFeatures.Most), options.NewNormalAfter.Ticks + Pipeline.Options.Window.AllowedLateness.Ticks);

    /// <summary>The next model knows other features.</summary>
    private void ChangeFeatures(LiveModel model)
    {
        IReadOnlyList<string> before = _model!.Scorer.Features, now = model.Scorer.Features, layout = Layout;
        _window = (_new ?? new NewFeatures(0, 0)).Change(_window!, before, now);
        FeaturePlaces places = FeaturePlaces.Of(layout, [.. now, .. NewNames]);
        _reorder.Arrange(places);
        _backlog.Arrange(places);
        _watch = _watch!.On(model.Quality, now, this);
    }
}
