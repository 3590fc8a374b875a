namespace Detector.Worker.Learning;

internal sealed partial class RecurrenceWatch
{
    /// <summary>The model knows other features.</summary>
    /// <param name="places">For each feature its place before, −1 for one that was not known.</param>
    public void Rearrange(int[] places)
    {
        Question = Question?.On(places);
        for (int i = 0; i < _known.Count; i++)
            _known[i] = (_known[i].Episode.On(places), _known[i].Ticks);
    }
}
