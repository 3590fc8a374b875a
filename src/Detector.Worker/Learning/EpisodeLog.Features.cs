namespace Detector.Worker.Learning;

internal sealed partial class EpisodeLog
{
    /// <summary>The model knows other features.</summary>
    /// <param name="places">For each feature its place before, −1 for one that was not known.</param>
    public void Rearrange(int[] places)
    {
        for (int i = 0; i < _past.Count; i++)
            _past[i] = _past[i].On(places);
        _open = _open?.On(places);
    }
}
