namespace Detector.Worker.Contracts;

/// <summary>Explains features for alerts. Thread-safe.</summary>
public interface IFeatureNotes
{
    /// <summary>Null when there is nothing to say of the feature.</summary>
    FeatureNote? Find(string series, string feature);
}
