namespace Detector.Worker.Contracts;

/// <summary>Explains features for alerts. Thread-safe.</summary>
public interface IFeatureNotes
{
    /// <summary>Null when there is nothing to say of the feature.</summary>
    /// <param name="ticks">Event time of the sample that is explained: what came later is not told.</param>
    FeatureNote? Find(string series, string feature, long ticks);
}
