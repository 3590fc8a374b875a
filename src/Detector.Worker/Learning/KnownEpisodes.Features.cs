namespace Detector.Worker.Learning;

internal sealed partial class KnownEpisodes
{
    /// <summary>The model knows other features.</summary>
    /// <param name="places">For each feature its place before, −1 for one that was not known.</param>
    public void Rearrange(int[] places)
    {
        for (int i = 0; i < _asked.Count; i++)
            _asked[i] = _asked[i] with { Episode = _asked[i].Episode.On(places) };
        for (int i = 0; i < _normal.Count; i++)
            _normal[i] = _normal[i] with { Episode = _normal[i].Episode.On(places) };
    }
}
