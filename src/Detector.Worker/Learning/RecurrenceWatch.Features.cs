namespace Detector.Worker.Learning;

internal sealed partial class RecurrenceWatch
{
    /// <summary>The model knows other features.</summary>
    /// <param name="places">For each feature its place before, −1 for one that was not known.</param>
    public void Rearrange(int[] places)
    {
        Question = Question?.On(places);
    }
}
