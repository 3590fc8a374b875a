namespace Detector.Models.Scoring;

/// <summary>Is shown what a view says of a window.</summary>
/// <param name="view">Index of the view.</param>
/// <param name="index">Place of the window in the tile.</param>
/// <param name="shares">Spans × F, see <see cref="ScoreView.Observe"/>; valid during the call.</param>
internal delegate void ErrorVisitor(int view, int index, ReadOnlySpan<float> shares);
